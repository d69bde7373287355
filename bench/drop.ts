// `npm run bench:drop`: everybody wants the same few things at the same moment. Ends with one line of JSON.
import { writeFileSync } from 'node:fs';
import { buildWeb } from '../scripts/web/build-web.ts';
import { drawChart } from './drop/chart.ts';
import { readDropOptions } from './drop/options.ts';
import { chartOf, figuresOf, reportDrop } from './drop/report.ts';
import { runDrop } from './drop/run-drop.ts';

const started = performance.now();
const say = (line: string) => console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`);

const options = readDropOptions(process.argv.slice(2));
if (options.page) say((await buildWeb()) ? 'web built' : 'web unchanged');
const result = await runDrop(options, say);
const figures = figuresOf(result);
reportDrop(result, figures);
if (options.chart) writeFileSync(options.chart, drawChart(chartOf(result, figures)));
console.log(JSON.stringify(figures));
process.exitCode = figures.lost + figures.doubled + figures.problems > 0 ? 1 : 0;
