/** A colour that says the same as the name beside it. */
export function Swatch({ color }: { color: string | null }) {
  return (
    <svg aria-hidden width="12" height="12" viewBox="0 0 12 12">
      <circle cx="6" cy="6" r="5" fill={color ?? "none"} stroke="currentColor" strokeOpacity={color ? 0 : 0.5} />
    </svg>
  );
}
