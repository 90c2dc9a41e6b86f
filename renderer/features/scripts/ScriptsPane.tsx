import { Braces, LibraryBig, Plus } from 'lucide-react'
import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import type { Script } from '#shared/model/script'
import { scriptGallery } from '#shared/scripts/gallery'
import { useFocusRequest } from '../../state/focus'
import { scriptsState, selectScriptRun } from '../../state/scripts'
import { useApp } from '../../state/useApp'
import { useConnection, useConnectionObject } from '../../state/useConnection'
import { useLandmarkName } from '../../state/useLandmarkName'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { formatCount } from '../../ui/format'
import { MenuButton } from '../../ui/menus'
import { VisibleName } from '../../ui/VisibleText'
import { ScriptEditor, type ScriptEditorHandle } from './ScriptEditor'
import { ScriptHead } from './ScriptHead'
import { ScriptRunLine } from './ScriptRunLine'
import styles from './scripts.module.css'
import { scriptsViewState, shownScript } from './scriptsView'
import { TryPart } from './try/TryPart'

/** The scripts: a list, the text of one with what it does on this connection, and what it makes of a message. */
export function ScriptsPane() {
  const t = useTranslations('scripts')
  const landmark = useLandmarkName(t('region'))
  const scripts = useApp(scriptsState, (state) => state.scripts)
  const shown = useConnection(scriptsViewState, ({ shownId }) => shownScript(scripts, shownId))
  return (
    <section aria-label={landmark} className={styles.pane}>
      <div className={styles.body}>
        <ScriptList scripts={scripts} shown={shown} />
        {shown ? (
          <ScriptDesk key={shown.id} script={shown} />
        ) : (
          <EmptyState icon={<Braces size={28} strokeWidth={1.2} />} title={t('emptyTitle')}>
            {t('emptyText')}
          </EmptyState>
        )}
      </div>
    </section>
  )
}

interface ListProps {
  readonly scripts: readonly Script[]
  readonly shown: Script | null
}

function ScriptList({ scripts, shown }: ListProps) {
  const t = useTranslations('scripts')
  const add = useConnection(scriptsViewState, (state) => state.add)
  const list = useRef<HTMLDivElement>(null)
  const gallery = scriptGallery.map((example) => ({
    label: t('example', { name: t(`gallery.${example.id}.name`), text: t(`gallery.${example.id}.text`) }),
    onSelect: () => add(t(`gallery.${example.id}.name`), example),
  }))
  useFocusRequest('scripts', () => list.current?.querySelector<HTMLElement>('button')?.focus())
  return (
    <div ref={list} className={styles.side}>
      <div className={styles.sideBar}>
        <Button variant="plain" icon={<Plus size={14} aria-hidden />} onClick={() => add(t('newName'), null)}>
          {t('new')}
        </Button>
        <MenuButton label={t('examples')} icon={<LibraryBig size={14} />} items={gallery} />
      </div>
      <div role="list" aria-label={t('list')} className={styles.list}>
        {scripts.map((script) => (
          <ScriptRow key={script.id} script={script} isShown={script === shown} />
        ))}
      </div>
    </div>
  )
}

function ScriptRow({ script, isShown }: { readonly script: Script; readonly isShown: boolean }) {
  const t = useTranslations('scripts')
  const { id: connectionId } = useConnectionObject()
  const show = useConnection(scriptsViewState, (state) => state.show)
  const run = useApp(scriptsState, selectScriptRun(connectionId, script.id))
  const phase = run?.phase ?? 'off'
  return (
    <div role="listitem" data-script={script.id} data-phase={phase} data-sent={run?.counts.sent ?? 0}>
      <button
        type="button"
        className={styles.row}
        aria-current={isShown ? 'true' : undefined}
        onClick={() => show(script.id)}
      >
        <span className={styles.dot} data-phase={phase} title={t(`phases.${phase}`)} />
        <span className={styles.name}>
          <VisibleName text={script.name} />
        </span>
        {phase === 'off' ? null : <span className={styles.count}>{formatCount(run?.counts.sent ?? 0)}</span>}
      </button>
    </div>
  )
}

function ScriptDesk({ script }: { readonly script: Script }) {
  const t = useTranslations('scripts')
  const put = useApp(scriptsState, (state) => state.put)
  const editor = useRef<ScriptEditorHandle>(null)
  const goTo = (line: number, column: number) => editor.current?.goTo(line, column)
  return (
    <div className={styles.desk}>
      <ScriptHead script={script} />
      <div className={styles.work}>
        <ScriptEditor
          label={t('text')}
          value={script.text}
          handle={editor}
          onChange={(text) => put({ ...script, text })}
        />
        <TryPart script={script} goTo={goTo} />
      </div>
      <ScriptRunLine script={script} goTo={goTo} />
    </div>
  )
}
