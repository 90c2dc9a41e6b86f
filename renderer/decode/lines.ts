/** One line on screen. `continues` = the same line goes on in the next one, only its length made a cut needed. */
export interface Line {
  readonly text: string
  readonly continues: boolean
}

export interface Lines {
  readonly count: number
  at(index: number): Line
}
