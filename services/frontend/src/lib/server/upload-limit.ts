const DEFAULT_MIB = 20;

/** How large a file the backend takes, in MiB; read with each page, since the image knows nothing of where it runs. */
export function uploadLimit(): number {
  const set = Number(process.env.UPLOAD_LIMIT_MIB);
  return Number.isInteger(set) && set > 0 ? set : DEFAULT_MIB;
}
