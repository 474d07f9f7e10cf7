export function Options({ entries }: { entries: readonly { id: string; name: string }[] }) {
  return entries.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ));
}
