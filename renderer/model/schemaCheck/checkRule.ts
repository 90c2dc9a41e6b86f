/** Which JSON Schema payloads of topics under a filter are held against, as plain data: threads get it. */
export interface CheckRule {
  readonly filter: string
  /** Its text; null = it cannot be read, or not yet: nothing under the filter is checked. */
  readonly schema: string | null
}
