/** What a live test measured: one line of JSON, for whoever asks with FIREBREAK_FIGURES. */

type Figures = Readonly<Record<string, number | string>>;

export function reportFigures(test: string, figures: Figures): void {
  if (!process.env.FIREBREAK_FIGURES) return;
  const rounded = Object.entries(figures).map(([name, value]) => [
    name,
    typeof value === "number" ? Math.round(value * 100) / 100 : value,
  ]);
  console.info(JSON.stringify({ test, ...Object.fromEntries(rounded) }));
}
