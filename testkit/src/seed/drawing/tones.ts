import { ink } from './color.ts';

/** Two or three colours a scene is built on. */
export interface Tone {
	wall: string;
	floor: string;
	accent: string;
}

export const tones: Record<string, Tone> = {
	rice: { wall: '#f4ead9', floor: '#e6d3b6', accent: ink.vermilion },
	dawn: { wall: '#f3d9c6', floor: '#dcae8d', accent: ink.vermilion },
	blush: { wall: '#efc9bb', floor: '#d89f8d', accent: ink.jade },
	celadon: { wall: '#c3d6c8', floor: '#96b3a1', accent: ink.amber },
	jade: { wall: '#5f9682', floor: '#3f7866', accent: ink.wheat },
	sky: { wall: '#cfdfe6', floor: '#a3bdca', accent: ink.vermilion },
	indigo: { wall: '#6179a3', floor: '#445c88', accent: ink.wheat },
	wheat: { wall: '#f1dba6', floor: '#d8b06a', accent: ink.jade },
	amber: { wall: '#eac077', floor: '#c98f48', accent: ink.indigo },
	clay: { wall: '#d9a184', floor: '#b4745a', accent: ink.cream },
	plum: { wall: '#b48aa3', floor: '#8c5f7c', accent: ink.wheat },
	lilac: { wall: '#d8cde0', floor: '#b3a3c4', accent: ink.jade },
	moss: { wall: '#c3c69c', floor: '#95996a', accent: ink.vermilion },
	vermilion: { wall: '#d9654f', floor: '#b7432f', accent: ink.cream },
	ink: { wall: '#4a4a52', floor: '#33333a', accent: ink.amber },
	stone: { wall: '#dcd8d0', floor: '#b9b3a8', accent: ink.vermilion },
};
