import { autocompletion, completionStatus } from '@codemirror/autocomplete'
import { json } from '@codemirror/lang-json'
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorState, Prec, type Extension } from '@codemirror/state'
import { tooltips } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { EditorView, minimalSetup } from 'codemirror'
import type { WrittenValue } from '#shared/encoding/writtenValue'
import type { SchemaDocument } from '#shared/jsonSchema/schemaDocument'
import { completionsFor } from './completion/jsonCompletion'
import { variablesAt } from './completion/variableCompletion'
import { schemaMarks } from './schema/schemaMarks'

/** What every payload is written with; `flush` tells what the editor holds. */
export const payloadSetup = (label: string, flush: () => void): Extension => [
  EditorView.cspNonce.of(styleNonce()),
  leaveToForm(flush),
  // Carriage returns stay what they are: what was pasted or received is sent byte for byte.
  EditorState.lineSeparator.of('\n'),
  EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
  EditorView.lineWrapping,
  look,
  minimalSetup,
]

export interface LanguageSetup {
  readonly language: 'json' | 'plain'
  /** What the list of completions is called. */
  readonly completions: string
  /** What other messages say in the place of this one. */
  readonly seen: () => readonly WrittenValue[]
  /** What the schema of the topic says; null = there is none. */
  readonly schema: () => SchemaDocument | null
  /** Names of the environment that a template can say; of what is no template there are none. */
  readonly variables: () => readonly string[]
  /** What the editor stands in. */
  readonly host: HTMLElement
}

/** What a payload is written with besides, by what it is. */
export const languageSetup = ({ language, completions, seen, schema, variables, host }: LanguageSetup): Extension => [
  language === 'json' ? [json(), syntaxHighlighting(jsonColours), bracketMatching(), schemaMarks] : [],
  autocompletion({
    override: [
      (context) =>
        variablesAt(context, variables()) ?? (language === 'json' ? completionsFor(context, seen, schema) : null),
    ],
    icons: false,
  }),
  EditorState.phrases.of({ Completions: completions }),
  // Beside the editor they would be cut at the edge of the pane; outside of its dialog, they would not be of it.
  tooltips({ parent: host.closest<HTMLElement>('[role="dialog"]') ?? host.ownerDocument.body }),
]

const jsonColours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--colour-blue)' },
  { tag: tags.string, color: 'var(--colour-green)' },
  { tag: tags.number, color: 'var(--colour-amber)' },
  { tag: [tags.bool, tags.null], color: 'var(--colour-violet)' },
  { tag: [tags.separator, tags.squareBracket, tags.brace], color: 'var(--ink-soft)' },
])

const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'transparent', font: 'var(--mono)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { font: 'inherit', overflow: 'auto' },
  '.cm-content': { padding: 'var(--space-2) 0', caretColor: 'var(--ink)', userSelect: 'text' },
  '.cm-line': { padding: '0 var(--space-3)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    background: 'var(--surface-selected)',
  },
  '.cm-specialChar': { color: 'var(--danger)' },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--surface-hover)',
    outline: '1px solid var(--border-strong)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete': {
    border: '1px solid var(--border)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--surface-raised)',
    color: 'var(--ink)',
    boxShadow: 'var(--shadow)',
    '& > ul': { font: 'var(--mono)', maxHeight: '14em' },
    '& > ul > li': { padding: 'var(--space-1) var(--space-3)' },
    '& > ul > li[aria-selected]': { background: 'var(--surface-selected)', color: 'var(--ink)' },
  },
  '.cm-completionDetail': { marginLeft: 'var(--space-3)', color: 'var(--ink-faint)', fontStyle: 'normal' },
  '.cm-tooltip.cm-completionInfo': {
    maxWidth: '320px',
    padding: 'var(--space-2) var(--space-3)',
    border: '1px solid var(--border)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--surface-raised)',
    color: 'var(--ink-soft)',
    fontSize: 'var(--text-secondary)',
    boxShadow: 'var(--shadow)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
})

/** The page's CSP lets in only style elements that carry the nonce of the load. */
const styleNonce = (): string => document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? ''

/**
 * Ctrl/Cmd+Enter belongs to the form: taken here, it would break the line. Escape belongs to the completions while they are
 * open: a dialog around the editor would close with them. Whatever acts on the text finds all of it told: a shortcut is
 * pressed, or the cursor leaves first.
 */
const leaveToForm = (flush: () => void): Extension =>
  // Before the keys of the completions, which bring those that break a line along.
  Prec.highest(
    EditorView.domEventHandlers({
      blur: flush,
      keydown: (event, { state }) => {
        const isShortcut = event.ctrlKey || event.metaKey
        if (isShortcut || event.altKey) flush()
        if (event.key === 'Escape' && completionStatus(state) === 'active') event.stopPropagation()
        return event.key === 'Enter' && isShortcut
      },
    }),
  )
