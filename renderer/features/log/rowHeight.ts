/** As `--row` in tokens.css. */
export const rowHeight = 24
