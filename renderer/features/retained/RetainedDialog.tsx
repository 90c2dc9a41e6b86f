import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState, type SyntheticEvent } from 'react'
import { useTranslations } from 'use-intl'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import { useErrorText } from '../../i18n/useErrorText'
import { dialogsState, selectDialog, type RetainedShown } from '../../state/dialogs'
import { useApp } from '../../state/useApp'
import { useSlicedWork } from '../../state/useSlicedWork'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { TextField } from '../../ui/fields'
import { formatBytes, formatCount } from '../../ui/format'
import { ViewSwitch } from '../../ui/ViewSwitch'
import type { HomeAssistantFindings } from './homeAssistant'
import { HomeAssistantNote } from './HomeAssistantNote'
import { createNarrowing, rowsAt, takerOf } from './narrowing'
import type { PlaceSet } from './placeSet'
import styles from './retained.module.css'
import { RetainedFooter } from './RetainedFooter'
import { RetainedList } from './RetainedList'
import { RetainedTools } from './RetainedTools'
import {
  allChosen,
  noneChosen,
  nothingChosen,
  onOtherRows,
  type RetainedSelection,
  type ShownRows,
} from './retainedSelection'
import { standingOf } from './standing'
import { useHomeAssistant } from './useHomeAssistant'
import { useRetainedListing, type Listing } from './useRetainedListing'
import { useSelectMenu } from './useSelectMenu'

/** The retained messages of a broker: what is there, and a way to clear it and to take that back. */
export function RetainedDialog() {
  const dialog = useApp(dialogsState, selectDialog('retained'))
  if (!dialog) return null
  const { filter, shows = 'all' } = dialog
  return <OpenDialog key={`${shows} ${filter}`} firstFilter={filter} firstShown={shows} />
}

function Progress({ listing }: { readonly listing: Listing }) {
  const t = useTranslations('retained')
  const errorText = useErrorText()
  const { page, entries } = listing
  const error = listing.error ?? page?.error ?? null
  const values = { count: entries.length, shown: formatCount(entries.length), size: formatBytes(page?.bytes ?? 0) }
  const isGrowing = page?.phase === 'connecting' || page?.phase === 'listing'
  return (
    <div className={styles.progress}>
      {error ? (
        <p role="alert" className={styles.problem}>
          {errorText(error)}
        </p>
      ) : null}
      {page && page.error === null ? (
        <p role="status" aria-live={isGrowing ? 'off' : 'polite'} className={styles.status} data-phase={page.phase}>
          {t(`phase.${page.phase}`, values)}
          {page.cut ? ` ${t(`cut.${page.cut}`)}` : null}
          {page.skipped > 0 ? ` ${t('skipped', { count: page.skipped })}` : null}
          {page.quietMs === null ? null : (
            <span title={t('quietHint')}>{` · ${t('quiet', { seconds: formatSeconds(page.quietMs) })}`}</span>
          )}
        </p>
      ) : null}
    </div>
  )
}

function ShownSwitch({
  shown,
  onShow,
}: {
  readonly shown: RetainedShown
  readonly onShow: (shown: RetainedShown) => void
}) {
  const t = useTranslations('retained.homeAssistant')
  return (
    <ViewSwitch
      label={t('shows')}
      value={shown}
      options={[
        { value: 'all', label: t('all') },
        { value: 'homeAssistant', label: t('homeAssistant'), title: t('hint') },
      ]}
      onChange={onShow}
    />
  )
}

const formatSeconds = (milliseconds: number) => (milliseconds / 1_000).toFixed(1)

const isSound = (filter: string) => !topicFilterProblem(filter) && !filter.startsWith('$share/')

/** Milliseconds of a frame that are taken to look at a long list. */
const sliceMs = 6

/** The rows whose topics fit the text: those found so far, before the page is painted and then with every frame. */
const useNarrowedRows = (listing: Listing, text: string): ShownRows => {
  const [narrowing] = useState(createNarrowing)
  const [rows, setRows] = useState(narrowing.rows)
  const { entries } = listing
  const lookOn = useCallback(() => {
    const until = performance.now() + sliceMs
    const isMore = narrowing.lookOn(entries, text, () => performance.now() >= until)
    setRows(narrowing.rows())
    return isMore
  }, [narrowing, entries, text])
  useSlicedWork(lookOn, listing)
  return rows
}

/** Of what speaks against Home Assistant's messages, the rows whose topics fit the text. */
const useFoundRows = ({ entries }: Listing, findings: HomeAssistantFindings | null, text: string): ShownRows =>
  useMemo(() => {
    const takes = takerOf(text)
    return rowsAt([...(findings?.byPlace.keys() ?? [])].filter((place) => takes(entries[place]?.topic ?? '')))
  }, [entries, findings, text])

/** What is not shown at all because nothing speaks against it any more is not chosen either. */
const chosenOf = (chosen: PlaceSet, findings: HomeAssistantFindings | null): PlaceSet =>
  chosen.with(({ remove }) => {
    for (const place of chosen) if (!findings?.byPlace.has(place)) remove(place)
  })

/** The rows to show and what is chosen of them; another text keeps what is chosen. */
const useChoice = (listing: Listing, firstShown: RetainedShown) => {
  const [shown, setShown] = useState(firstShown)
  const isHomeAssistant = shown === 'homeAssistant'
  const findings = useHomeAssistant(listing, isHomeAssistant)
  const [text, setText] = useState('')
  const [selection, setSelection] = useState<RetainedSelection>(nothingChosen)
  // The field follows the keys; a long list follows as soon as it can, and the keyboard's place in it then.
  const rowsText = useDeferredValue(text).trim()
  const [lastRowsText, setLastRowsText] = useState(rowsText)
  if (rowsText !== lastRowsText) {
    setLastRowsText(rowsText)
    setSelection(onOtherRows(selection))
  }
  const narrowed = useNarrowedRows(listing, rowsText)
  const found = useFoundRows(listing, findings, rowsText)
  const rows = isHomeAssistant ? found : narrowed
  const chosen = isHomeAssistant ? chosenOf(selection.chosen, findings) : selection.chosen
  const standing = useMemo(() => standingOf(listing, chosen, rows), [listing, chosen, rows])
  const show = (next: RetainedShown) => {
    setShown(next)
    setSelection(nothingChosen)
  }
  return { text, setText, rows, selection, setSelection, standing, shown, show, findings }
}

interface OpenDialogProps {
  readonly firstFilter: string
  readonly firstShown: RetainedShown
}

function OpenDialog({ firstFilter, firstShown }: OpenDialogProps) {
  const t = useTranslations('retained')
  const close = useApp(dialogsState, (state) => state.close)
  const [filter, setFilter] = useState(firstFilter)
  const { listing, list: fetch, clear, undo, cancel } = useRetainedListing()
  const choice = useChoice(listing, firstShown)
  const { text, setText, rows, selection, setSelection, standing, shown, show, findings } = choice
  const isHomeAssistant = shown === 'homeAssistant'
  const menu = useSelectMenu({ entries: listing.entries, rows, selection, findings, onSelect: setSelection })
  const list = useRef<HTMLDivElement>(null)
  const hasChosen = selection.chosen.size > 0
  const start = async (wanted: string) => {
    if (await fetch(wanted)) setSelection(nothingChosen)
  }
  // The first listing begins with the window; others when they are asked for.
  useEffect(() => {
    if (isSound(firstFilter)) void fetch(firstFilter)
    // oxlint-disable-next-line react/exhaustive-deps -- once
  }, [])
  const phase = listing.page?.phase
  const listingNow = phase === 'connecting' || phase === 'listing'
  const work = listing.page?.work ?? null
  const isWorking = work !== null && work.stage !== 'ended'
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (isWorking) return
    if (listingNow) void cancel()
    else if (isSound(filter)) void start(filter)
  }
  const footer = (
    <RetainedFooter
      listing={listing}
      standing={standing}
      onClear={(places) => {
        void clear(places).then((isTaken) => {
          if (isTaken) setSelection(noneChosen)
        })
      }}
      onUndo={() => void undo()}
      onCancel={() => void cancel()}
      onClose={close}
      onAnswered={() => list.current?.focus()}
    />
  )
  return (
    <Dialog title={t('title')} open onClose={close} size="wide" footer={footer}>
      <div className={styles.body}>
        <form className={styles.form} noValidate onSubmit={submit}>
          <TextField
            label={t('filter')}
            hideLabel
            mono
            value={filter}
            onChange={setFilter}
            error={isSound(filter) ? null : t('filterWrong')}
          />
          <Button type="submit" disabled={isWorking}>
            {listingNow ? t('stop') : t('fetch')}
          </Button>
        </form>
        <div className={styles.head}>
          <Progress listing={listing} />
          <ShownSwitch shown={shown} onShow={show} />
        </div>
        {isHomeAssistant && !listingNow ? <HomeAssistantNote findings={findings} /> : null}
        <RetainedTools
          {...{ text, rows, standing, hasChosen }}
          isCalm={!listingNow}
          menu={() => menu(selection.cursor)}
          total={isHomeAssistant ? (findings?.byPlace.size ?? 0) : listing.entries.length}
          onText={setText}
          onAllOrNone={() => setSelection(hasChosen ? noneChosen(selection) : allChosen(selection, rows))}
        />
        <RetainedList
          {...{ listing, rows, selection, menu }}
          findings={isHomeAssistant ? findings : null}
          ref={list}
          onSelect={setSelection}
        />
      </div>
    </Dialog>
  )
}
