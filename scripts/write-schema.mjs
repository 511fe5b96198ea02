// Writes schema.graphql from the built graph.
import { writeFileSync } from 'node:fs';
import { printSchema } from 'graphql';
import { buildGraph } from '../dist/resolvers/graph.js';

writeFileSync(new URL('../schema.graphql', import.meta.url), `${printSchema(buildGraph())}\n`);
