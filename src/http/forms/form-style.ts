import { createHash } from 'node:crypto';

/** How forms look; it stands in the page, so that one answer is all that a browser needs. */
export const FORM_STYLE = `
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;padding:clamp(1rem,5vw,3rem) 1rem;background:#eef1f6;color:#1b2430;
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main{max-width:34rem;margin:0 auto;padding:clamp(1.25rem,5vw,2.25rem);background:#fff;border-radius:14px;
box-shadow:0 1px 2px rgb(16 24 40/.08),0 8px 24px rgb(16 24 40/.08)}
.embedded{padding:0;background:transparent}
.embedded main{max-width:none;border-radius:12px;box-shadow:none;padding:clamp(1rem,4vw,1.5rem)}
h1{margin:0 0 1.25rem;font-size:1.5rem;line-height:1.25;font-weight:650;overflow-wrap:anywhere}
p{margin:0}
fieldset{margin:0 0 1.125rem;padding:0;border:0;min-width:0}
legend{padding:0;font-weight:600}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.75rem 1rem;margin-top:.5rem}
.field{margin:0 0 1.125rem;min-width:0}
.pair .field{margin:0}
label{display:block;margin-bottom:.3rem;font-weight:600}
.pair label{font-weight:400}
.hint{color:#566072;font-size:.9375rem}
input,textarea{display:block;width:100%;min-height:2.875rem;padding:.6rem .75rem;border:1px solid #79849a;
border-radius:8px;background:#fff;color:inherit;font:inherit}
textarea{min-height:8rem;resize:vertical}
input:hover,textarea:hover{border-color:#3c4a63}
input:focus-visible,textarea:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid #7ab0ff;outline-offset:1px;
border-color:#1457c0}
[aria-invalid=true],[aria-invalid=true]:focus-visible{border-color:#b42318;box-shadow:inset 0 0 0 1px #b42318}
.fault{margin-top:.3rem;color:#b42318;font-size:.9375rem;font-weight:500}
.notice{margin:0 0 1.25rem;padding:.75rem 1rem;border-left:4px solid #b42318;border-radius:6px;background:#fef2f1;color:#7a1a12}
.done{display:flex;gap:1rem;align-items:flex-start}
.done svg{flex:none;width:2.75rem;height:2.75rem}
.done h1{margin-bottom:.5rem}
.words{white-space:pre-line;overflow-wrap:anywhere}
.again{margin-top:1.25rem}
button{display:inline-block;min-height:3rem;padding:.7rem 1.75rem;border:0;border-radius:8px;background:#1457c0;color:#fff;
font:inherit;font-weight:600;cursor:pointer}
button:hover{background:#0f469d}
a{color:#1457c0}
.trap{position:absolute;left:-10000px;top:auto;width:1px;height:1px;overflow:hidden}
@media (max-width:30rem){body{padding:0}main{border-radius:0;box-shadow:none;min-height:100vh}
.embedded main{min-height:0}button{width:100%}}
@media print{body{background:none}main{box-shadow:none}}
`;

/** By what a browser tells that style from any other. */
export const FORM_STYLE_HASH = `sha256-${createHash('sha256').update(FORM_STYLE).digest('base64')}`;
