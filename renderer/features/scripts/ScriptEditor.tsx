import { javascript } from '@codemirror/lang-javascript'
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { EditorState, type Extension } from '@codemirror/state'
import { lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { EditorView, minimalSetup } from 'codemirror'
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react'
import styles from './scripts.module.css'

export interface ScriptEditorHandle {
  /** Puts the cursor there and the field in focus; lines and columns count from 1. */
  goTo(line: number, column: number): void
  focus(): void
}

interface EditorProps {
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly handle: Ref<ScriptEditorHandle>
}

/** The text of a script, in CodeMirror. Tab leaves it, as in every other field. */
export function ScriptEditor({ label, value, onChange, handle }: EditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const live = useRef<EditorView | null>(null)
  const latest = useRef({ value, onChange })
  useEffect(() => {
    latest.current = { value, onChange }
  })
  useEffect(() => {
    if (!host.current) return
    const listen = EditorView.updateListener.of(({ docChanged, state }) => {
      const text = state.doc.toString()
      if (docChanged && text !== latest.current.value) latest.current.onChange(text)
    })
    const view = new EditorView({
      doc: latest.current.value,
      extensions: [scriptSetup(label), listen],
      parent: host.current,
    })
    live.current = view
    return () => {
      live.current = null
      view.destroy()
    }
  }, [label])
  useEffect(() => {
    const view = live.current
    if (!view || view.state.doc.toString() === value) return
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } })
  }, [value])
  useImperativeHandle(handle, () => ({
    focus: () => live.current?.focus(),
    goTo: (line, column) => {
      const view = live.current
      if (!view) return
      const { from, to } = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines))
      view.focus()
      view.dispatch({ selection: { anchor: Math.min(from + column - 1, to) }, scrollIntoView: true })
    },
  }))
  return <div ref={host} className={styles.editor} />
}

/** The page's CSP lets in only style elements that carry the nonce of the load. */
const styleNonce = (): string => document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? ''

const colours = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword, tags.operatorKeyword],
    color: 'var(--colour-violet)',
  },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--colour-green)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--colour-amber)' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: 'var(--colour-blue)' },
  { tag: tags.comment, color: 'var(--ink-faint)', fontStyle: 'italic' },
])

const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'transparent', font: 'var(--mono)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { font: 'inherit', overflow: 'auto' },
  '.cm-content': { padding: 'var(--space-2) 0', caretColor: 'var(--ink)', userSelect: 'text' },
  '.cm-line': { padding: '0 var(--space-3)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--ink-faint)', border: 'none' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    background: 'var(--surface-selected)',
  },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--surface-hover)',
    outline: '1px solid var(--border-strong)',
  },
})

/**
 * Typed over coloured text, Chromium keeps its colour by a style of its own, which the page's policy refuses with an error: so what
 * is selected is replaced here.
 */
const replaceSelected = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const isTyped = event.inputType === 'insertText' && event.data !== null && !view.composing
    if (!isTyped || view.state.selection.main.empty) return false
    view.dispatch(view.state.replaceSelection(event.data), { userEvent: 'input.type', scrollIntoView: true })
    event.preventDefault()
    return true
  },
})

const scriptSetup = (label: string): Extension => [
  EditorView.cspNonce.of(styleNonce()),
  // It can be scrolled to both sides: a tab stop of its own says so to what assists.
  EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
  EditorState.tabSize.of(2),
  replaceSelected,
  look,
  lineNumbers(),
  minimalSetup,
  indentOnInput(),
  bracketMatching(),
  javascript(),
  syntaxHighlighting(colours),
]
