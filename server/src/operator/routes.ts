import { orderWire } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { Hono } from 'hono';
import * as v from 'valibot';
import type { Hex } from 'viem';
import { bytes32Text, idText, parseBody, parseOrRefuse } from '../platform/http/parse.ts';
import type { Sequencer } from './sequencer.ts';
