/** What every store on disk needs. `now` answers milliseconds since 1970. */
export interface StoreOptions {
  readonly dataDir: string
  readonly now: () => number
}
