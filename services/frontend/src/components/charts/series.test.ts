import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { COLOURS } from "@/components/charts/series";

type Triple = [number, number, number];

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const pairs = (css: string, name: string) => [...css.matchAll(new RegExp(`${name}[^#]*light-dark\\((#\\w{6}), (#\\w{6})\\)`, "g"))];

function linear(hex: string): Triple {
  return [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as Triple;
}

const times = (matrix: readonly Triple[], [x, y, z]: Triple) => matrix.map(([a, b, c]) => a * x + b * y + c * z) as Triple;

/** Contrast after WCAG 2. */
function contrast(one: string, other: string): number {
  const [less, more] = [one, other].map((hex) => times([[0.2126, 0.7152, 0.0722]], linear(hex))[0]).sort((a, b) => a - b) as [number, number];
  return (more + 0.05) / (less + 0.05);
}

/** What people see who lack one kind of cone: Machado, Oliveira and Fernandes (2009), severity 1. */
const VISIONS: Record<string, Triple[]> = {
  "three kinds of cones": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

/** Oklab (Ottosson 2020), in which equal distances look equally large; 0.02 can just be seen. */
function oklab(rgb: Triple): Triple {
  const cones = times(
    [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]],
    rgb.map((channel) => Math.min(1, Math.max(0, channel))) as Triple,
  ).map(Math.cbrt) as Triple;
  return times([[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]], cones);
}

const [, lightSurface, darkSurface] = pairs(read("../../app/globals.css"), "--surface")[0]!;
const series = pairs(read("./series.module.css"), "\\.series");
const themes = [
  ["light", lightSurface!, series.map(([, light]) => light!)],
  ["dark", darkSurface!, series.map(([, , dark]) => dark!)],
] as const;

describe.each(themes)("the colours of series in the %s theme", (_, surface, colours) => {
  it("are as many as the series that have one of their own", () => expect(new Set(colours).size).toBe(COLOURS));

  it.each(colours)("%s stands out from the surface", (colour) => expect(contrast(colour, surface)).toBeGreaterThanOrEqual(3));

  it.each(Object.keys(VISIONS))("are told apart with %s", (vision) => {
    const seen = colours.map((colour) => oklab(times(VISIONS[vision]!, linear(colour))));
    const distances = seen.flatMap((one, index) => seen.slice(index + 1).map((other) => Math.hypot(...one.map((part, at) => part - other[at]!))));
    expect(Math.min(...distances)).toBeGreaterThan(0.1);
  });
});
