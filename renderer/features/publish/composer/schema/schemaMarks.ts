import { StateEffect, StateField, type Extension } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'

/** A part of the text that does not conform, in UTF-16 offsets, and why. */
export interface SchemaMark {
  readonly from: number
  readonly to: number
  readonly title: string
}

const setMarks = StateEffect.define<readonly SchemaMark[]>()

/** Marks stay at their text while something else is typed, until the next ones come. */
const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, { changes, effects }) => {
    const latest = effects.findLast((effect) => effect.is(setMarks))
    return latest ? decorated(latest.value) : marks.map(changes)
  },
  provide: (marks) => EditorView.decorations.from(marks),
})

const decorated = (marks: readonly SchemaMark[]): DecorationSet =>
  Decoration.set(
    marks
      .filter(({ from, to }) => from < to)
      .map(({ from, to, title }) => Decoration.mark({ class: 'cm-schemaMark', attributes: { title } }).range(from, to)),
    true,
  )

const look = EditorView.baseTheme({
  '.cm-schemaMark': {
    textDecoration: 'underline wavy var(--warning)',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '2px',
    backgroundColor: 'var(--warning-surface)',
  },
})

export const schemaMarks: Extension = [field, look]

/** Marks what does not conform in the text that stands in the editor now. */
export const showMarks = (view: EditorView, marks: readonly SchemaMark[]): void =>
  view.dispatch({ effects: setMarks.of(marks) })
