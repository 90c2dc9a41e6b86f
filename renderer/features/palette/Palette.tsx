import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { useMemo, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { usePhrase } from '../../i18n/usePhrase'
import type { PaletteItem, PaletteSource } from '../../actions/paletteSource'
import { useApp, useAppObject } from '../../state/useApp'
import { VisibleName } from '../../ui/VisibleText'
import { FittingText } from './FittingText'
import { forgetRanked, rankedBy, type Ranked } from './fuzzyRanking'
import styles from './palette.module.css'
import { paletteState } from './paletteState'
import { useFoundNames } from './useFoundNames'

interface PaletteProps {
  readonly sources: readonly PaletteSource[]
}

/** Everything that can be done or opened, found by a few characters of its name. */
export function Palette({ sources }: PaletteProps) {
  const t = useTranslations('palette')
  const open = useApp(paletteState, (state) => state.open)
  const close = useApp(paletteState, (state) => state.close)
  const chosen = useRef<PaletteItem | null>(null)
  /** The focus goes back first, so that what is chosen can take it. */
  const runChosen = () => {
    const item = chosen.current
    chosen.current = null
    item?.run()
  }
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) close()
      }}
      onOpenChangeComplete={(isOpen) => {
        if (isOpen) return
        forgetRanked()
        runChosen()
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.palette} aria-label={t('title')}>
          <PaletteBody
            sources={sources}
            onChoose={(item) => {
              chosen.current = item
              close()
            }}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface ShownItem {
  readonly item: PaletteItem
  readonly text: string
  readonly indexes: ReadonlySet<number>
}

interface ShownGroup {
  readonly id: string
  readonly label: string
  readonly items: readonly ShownItem[]
}

/** Of each kind, so that one does not push the others out of sight. */
const shownPerSource = 12

const noNames: readonly string[] = []

/** What fits the query, by source. Names are asked for once, when the palette opens. */
const useShownGroups = (sources: readonly PaletteSource[], query: string) => {
  const app = useAppObject()
  const t = useTranslations()
  const textOf = usePhrase()
  const [asked] = useState(() =>
    sources.map((source) => ({ source, items: 'itemsOf' in source ? source.itemsOf(app) : [] })),
  )
  const namesSource = sources.find((source) => 'namesOf' in source)
  const [names] = useState(() => (namesSource && 'namesOf' in namesSource ? namesSource.namesOf(app) : noNames))
  const found = useFoundNames(query, names)
  const groups = useMemo(
    () =>
      asked
        .map(({ source, items }): ShownGroup => {
          const said = (item: PaletteItem) => (typeof item.text === 'string' ? item.text : textOf(item.text))
          const shown = ({ item, indexes }: Ranked<PaletteItem>): ShownItem => ({ item, text: said(item), indexes })
          const ranked =
            'itemOf' in source
              ? found.ranked.map(({ item: name, indexes }) => ({ item: source.itemOf(app, name), indexes }))
              : rankedBy(query, items, { textOf: said, limit: query === '' ? items.length : shownPerSource })
          return { id: source.id, label: t(source.label), items: ranked.map(shown) }
        })
        .filter(({ items }) => items.length > 0),
    [asked, app, found, query, t, textOf],
  )
  return { groups, found }
}

interface PaletteBodyProps extends PaletteProps {
  readonly onChoose: (item: PaletteItem) => void
}

function PaletteBody({ sources, onChoose }: PaletteBodyProps) {
  const t = useTranslations('palette')
  const [query, setQuery] = useState('')
  const { groups, found } = useShownGroups(sources, query)
  const more = found.count - found.ranked.length
  return (
    <Autocomplete.Root
      inline
      open
      mode="none"
      filter={null}
      autoHighlight="always"
      items={groups}
      value={query}
      onValueChange={(value, { reason }) => {
        if (reason !== 'item-press') setQuery(value)
      }}
      itemToStringValue={({ text }: ShownItem) => text}
    >
      <Autocomplete.Input className={styles.field} aria-label={t('field')} placeholder={t('placeholder')} />
      <Autocomplete.Empty className={styles.empty}>
        {found.isDone ? t('empty', { query }) : t('searching')}
      </Autocomplete.Empty>
      <Autocomplete.List className={styles.list}>
        {(group: ShownGroup) => (
          <Autocomplete.Group key={group.id} items={group.items}>
            <Autocomplete.GroupLabel className={styles.group}>{group.label}</Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(shown: ShownItem) => <PaletteRow key={shown.item.id} {...shown} onChoose={onChoose} />}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
      {more > 0 ? <p className={styles.more}>{t('moreTopics', { count: more })}</p> : null}
    </Autocomplete.Root>
  )
}

interface PaletteRowProps extends ShownItem, Pick<PaletteBodyProps, 'onChoose'> {}

function PaletteRow({ onChoose, ...shown }: PaletteRowProps) {
  const { item, text, indexes } = shown
  const { icon: Icon, detail, keys } = item
  return (
    <Autocomplete.Item value={shown} className={styles.row} onClick={() => onChoose(item)}>
      <Icon size={14} aria-hidden className={styles.icon} />
      <FittingText text={text} indexes={indexes} />
      {detail === undefined ? null : (
        <span className={styles.detail}>
          <VisibleName text={detail} />
        </span>
      )}
      {keys === undefined ? null : <kbd className={styles.keys}>{keys}</kbd>}
    </Autocomplete.Item>
  )
}
