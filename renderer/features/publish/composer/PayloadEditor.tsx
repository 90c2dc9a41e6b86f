import { completionStatus } from '@codemirror/autocomplete'
import { json } from '@codemirror/lang-json'
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorState, type Extension } from '@codemirror/state'
import { tooltips } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { EditorView, minimalSetup } from 'codemirror'
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react'
import type { WrittenValue } from '#shared/encoding/writtenValue'
import styles from '../publish.module.css'
import { jsonCompletion } from './completion/jsonCompletion'

export interface PayloadEditorHandle {
  focus(): void
  /** Puts the cursor at a UTF-16 offset and the field in focus. */
  goTo(position: number): void
  /** Puts a text in the place of what is selected, and the cursor behind it. */
  insert(text: string): void
}

export interface PayloadEditorProps {
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
  /** Told before the text stands in the editor. */
  readonly onPaste?: ((text: string) => void) | undefined
  readonly language: 'json' | 'plain'
  /** What other messages say in the place of this one: JSON is completed from it. */
  readonly seen: () => readonly WrittenValue[]
  /** What the list of completions is called. */
  readonly completions: string
  /** Another scope is another text: undo must not cross from one format or draft into another. */
  readonly scope: string
  readonly handle: Ref<PayloadEditorHandle>
}

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
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
})

/** The page's CSP lets in only style elements that carry the nonce of the load. */
const styleNonce = (): string => document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? ''

/**
 * Ctrl/Cmd+Enter belongs to the form: taken here, it would break the line. Escape belongs to the completions while they are
 * open: a dialog around the editor would close with them.
 */
const leaveToForm = EditorView.domEventHandlers({
  keydown: (event, { state }) => {
    if (event.key === 'Escape' && completionStatus(state) === 'active') event.stopPropagation()
    return event.key === 'Enter' && (event.ctrlKey || event.metaKey)
  },
})

type GivenToEditor = Pick<PayloadEditorProps, 'language' | 'label' | 'completions' | 'seen'>

const extensionsFor = ({ language, label, completions, seen }: GivenToEditor, host: HTMLElement): Extension => [
  EditorView.cspNonce.of(styleNonce()),
  leaveToForm,
  // Carriage returns stay what they are: what was pasted or received is sent byte for byte.
  EditorState.lineSeparator.of('\n'),
  EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
  EditorView.lineWrapping,
  look,
  language === 'json'
    ? [
        json(),
        syntaxHighlighting(jsonColours),
        bracketMatching(),
        jsonCompletion(seen),
        EditorState.phrases.of({ Completions: completions }),
        // Beside the editor they would be cut at the edge of the pane; outside of its dialog, they would not be of it.
        tooltips({ parent: host.closest<HTMLElement>('[role="dialog"]') ?? host.ownerDocument.body }),
      ]
    : [],
  minimalSetup,
]

interface Live {
  readonly view: EditorView
  /** The text as the view holds it, so that it is not built anew to compare. */
  text: string
}

const useEditor = ({ label, value, onChange, language, scope, seen, completions }: PayloadEditorProps) => {
  const host = useRef<HTMLDivElement>(null)
  const live = useRef<Live | null>(null)
  const latest = useRef({ value, onChange, seen })
  useEffect(() => {
    latest.current = { value, onChange, seen }
  })

  useEffect(() => {
    if (!host.current) return
    const listen = EditorView.updateListener.of(({ docChanged, state }) => {
      if (!docChanged || !live.current) return
      const text = state.doc.toString()
      if (text === live.current.text) return
      live.current.text = text
      latest.current.onChange(text)
    })
    const given = { language, label, completions, seen: () => latest.current.seen() }
    const extensions = [extensionsFor(given, host.current), listen]
    const view = new EditorView({ doc: latest.current.value, extensions, parent: host.current })
    live.current = { view, text: latest.current.value }
    return () => {
      live.current = null
      view.destroy()
    }
  }, [language, label, completions, scope])

  useEffect(() => {
    const current = live.current
    if (!current || current.text === value) return
    current.text = value
    current.view.dispatch({ changes: { from: 0, to: current.view.state.doc.length, insert: value } })
  }, [value])

  return { host, live }
}

/** The payload as text, in CodeMirror. Tab leaves it, as in every other field. */
export function PayloadEditor(props: PayloadEditorProps) {
  const { host, live } = useEditor(props)
  useImperativeHandle(
    props.handle,
    () => ({
      focus: () => live.current?.view.focus(),
      goTo: (position) => {
        const view = live.current?.view
        view?.focus()
        view?.dispatch({ selection: { anchor: Math.min(position, view.state.doc.length) }, scrollIntoView: true })
      },
      insert: (text) => {
        const view = live.current?.view
        view?.focus()
        view?.dispatch(view.state.replaceSelection(text), { scrollIntoView: true })
      },
    }),
    [live],
  )
  return (
    <div
      ref={host}
      className={styles.editor}
      onPasteCapture={(event) => props.onPaste?.(event.clipboardData.getData('text/plain'))}
    />
  )
}
