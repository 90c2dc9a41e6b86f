import { Compartment } from '@codemirror/state'
import { EditorView } from 'codemirror'
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react'
import type { SchemaDocument } from '#shared/jsonSchema/schemaDocument'
import type { WrittenValue } from '#shared/encoding/writtenValue'
import styles from '../publish.module.css'
import { languageSetup, payloadSetup } from './editorSetup'
import { showMarks, type SchemaMark } from './schema/schemaMarks'
import { createTelling, type Telling } from './telling'

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
  /** Names of the environment that a template can say; of what is no template there are none. */
  readonly variables: () => readonly string[]
  /** What the schema of the topic says of its payloads; null = there is none. */
  readonly schema: () => SchemaDocument | null
  /** What the list of completions is called. */
  readonly completions: string
  /** Parts of a text that do not conform to the schema; shown while that text stands in the editor. */
  readonly marks: MarkedText | null
  /** Another scope is another text: undo must not cross from one format or draft into another. */
  readonly scope: string
  readonly handle: Ref<PayloadEditorHandle>
}

export interface MarkedText {
  readonly text: string
  readonly marks: readonly SchemaMark[]
}

interface Live {
  readonly view: EditorView
  readonly language: Compartment
  readonly telling: Telling
  /** The text that was told, or came from outside, so that it is not built anew to compare. */
  text: string
}

const useEditor = (props: PayloadEditorProps) => {
  const { label, value, onChange, language, scope, seen, schema, variables, completions, marks } = props
  const host = useRef<HTMLDivElement>(null)
  const live = useRef<Live | null>(null)
  const latest = useRef({ value, onChange, seen, schema, variables })
  useEffect(() => {
    latest.current = { value, onChange, seen, schema, variables }
  })

  useEffect(() => {
    if (!host.current) return
    const telling = createTelling((text) => {
      if (!live.current || text === live.current.text) return
      live.current.text = text
      latest.current.onChange(text)
    })
    const compartment = new Compartment()
    const listen = EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged && live.current) telling.changed(state.doc)
    })
    const view = new EditorView({
      doc: latest.current.value,
      extensions: [compartment.of([]), payloadSetup(label, telling.flush), listen],
      parent: host.current,
    })
    live.current = { view, language: compartment, telling, text: latest.current.value }
    return () => {
      // Told now, it would become the text of what is shown next.
      telling.drop()
      live.current = null
      view.destroy()
    }
  }, [label, scope])

  // A text that grows too large for its language keeps what can be undone of it.
  useEffect(() => {
    if (!host.current || !live.current) return
    const asked = {
      seen: () => latest.current.seen(),
      schema: () => latest.current.schema(),
      variables: () => latest.current.variables(),
    }
    const setup = languageSetup({ language, completions, host: host.current, ...asked })
    const { view, language: compartment } = live.current
    view.dispatch({ effects: compartment.reconfigure(setup) })
  }, [language, label, completions, scope])

  useEffect(() => {
    const current = live.current
    if (!current || current.text === value) return
    current.text = value
    current.view.dispatch({ changes: { from: 0, to: current.view.state.doc.length, insert: value } })
    current.telling.drop()
  }, [value])

  useEffect(() => {
    const current = live.current
    if (!current) return
    if (!marks) showMarks(current.view, [])
    // What was typed since moves the marks that are there; the next ones come soon.
    else if (current.text === marks.text) showMarks(current.view, marks.marks)
  }, [marks, scope, language])

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
