import { useCallback, useMemo, useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useErrorText } from '../../i18n/useErrorText'
import { useApp } from '../../store/useApp'
import { useSubscriptionVerbs } from '../../store/useSubscriptionVerbs'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { useNow } from '../../ui/useNow'
import { ViewSwitch } from '../../ui/ViewSwitch'
import { visibleName } from '#shared/text/visibleText'
import styles from './coverage.module.css'
import type { FindingKind } from './findings'
import { OverlapsPane, type ChosenPair } from './OverlapsPane'
import { drawnAs, SubscriptionItem, type SubscriptionVerbs } from './SubscriptionItem'
import { Summary } from './Summary'
import { allTopics, type TopicQuery } from './topicCoverage'
import { TopicsPane } from './TopicsPane'
import { useCoverage, type CoverageMap } from './useCoverage'

const views = ['topics', 'overlaps'] as const
type View = (typeof views)[number]

const useVerbs = (connectionId: string): SubscriptionVerbs => {
  const { save, remove, tryAnyway } = useSubscriptionVerbs(connectionId)
  const hide = useApp((state) => state.hideCoverage)
  const probeFilter = useApp((state) => state.probeFilter)
  const showConnection = useApp((state) => state.showConnection)
  const editSubscription = useApp((state) => state.editSubscription)
  return useMemo(
    () => ({
      probe: ({ subscription }) => {
        hide()
        showConnection(connectionId)
        probeFilter(connectionId, subscription.filter)
      },
      edit: ({ subscription }) => editSubscription(connectionId, subscription.id),
      switchTo: ({ subscription }, enabled) => void save({ ...subscription, enabled }),
      remove: (status, place) => void remove(status, place),
      tryAnyway: ({ subscription }) => void tryAnyway(subscription.id),
    }),
    [connectionId, save, remove, tryAnyway, hide, probeFilter, showConnection, editSubscription],
  )
}

/** The newest notice: the window's own stand behind the dialog. */
function LastNotice() {
  const errorText = useErrorText()
  const notice = useApp((state) => state.notices.at(-1))
  const dismiss = useApp((state) => state.dismissNotice)
  if (!notice) return <span className={styles.lastNotice} />
  const { content, action } = notice
  return (
    <p role="status" className={styles.lastNotice} data-error={'error' in content}>
      {'error' in content ? errorText(content.error) : content.text}
      {action ? (
        <Button
          onClick={() => {
            action.run()
            dismiss(notice.id)
          }}
        >
          {action.label}
        </Button>
      ) : null}
    </p>
  )
}

/** Whatever is chosen of a subscription that is not in force any more would find nothing. */
const queryIn = ({ entries }: CoverageMap, { through, of }: TopicQuery): TopicQuery => ({
  through,
  of: of.filter((id) => entries.get(id)?.inForce === true),
})

interface OpenDialogProps {
  readonly connectionId: string
  readonly children: ReactNode
}

function OpenDialog({ connectionId, children }: OpenDialogProps) {
  const t = useTranslations('coverage')
  const hide = useApp((state) => state.hideCoverage)
  const name = useApp((state) => state.profiles.find(({ profile }) => profile.id === connectionId)?.profile.name ?? '')
  const map = useCoverage(connectionId)
  const now = useNow()
  const verbs = useVerbs(connectionId)
  const [kind, setKind] = useState<FindingKind | null>(null)
  const [view, setView] = useState<View>('topics')
  const [wanted, setWanted] = useState(allTopics)
  const [pair, setPair] = useState<ChosenPair | null>(null)
  const query = queryIn(map, wanted)
  const entries = [...map.entries.values()]
  const withKind = entries.filter(({ findings }) => findings.some((finding) => finding.kind === kind))
  const showTopics = useCallback((next: TopicQuery) => {
    setWanted(next)
    setView('topics')
  }, [])
  return (
    <Dialog
      title={t('title', { name: visibleName(name) })}
      open
      onClose={hide}
      size="wide"
      footer={
        <>
          <LastNotice />
          <Button onClick={hide}>{t('close')}</Button>
        </>
      }
    >
      <div className={styles.body} data-pending={map.pending}>
        <Summary {...{ map, now, kind }} onKind={setKind} onQuery={showTopics} />
        <div className={styles.columns}>
          <ul aria-label={t('subscriptions')} className={styles.items}>
            {/* The last finding of a kind may be dealt with: then all are shown again. */}
            {(withKind.length > 0 ? withKind : entries).map((entry) => {
              const { id } = entry.status.subscription
              const chosen = query.of.length === 1 && query.of[0] === id
              const shown = { entry, map, now, chosen }
              return (
                <SubscriptionItem
                  key={id}
                  {...shown}
                  {...{ connectionId, verbs }}
                  drawn={drawnAs(shown)}
                  onQuery={showTopics}
                />
              )
            })}
          </ul>
          <div className={styles.side}>
            <ViewSwitch<View>
              label={t('view')}
              value={view}
              options={views.map((value) => ({ value, label: t(`views.${value}`) }))}
              onChange={setView}
            />
            {view === 'topics' ? (
              <TopicsPane map={map} query={query} onQuery={setWanted} />
            ) : (
              <OverlapsPane {...{ map, pair }} onPair={setPair} onTopics={(of) => showTopics({ through: 'any', of })} />
            )}
          </div>
        </div>
        {children}
      </div>
    </Dialog>
  )
}

/** A connection's subscriptions against its topics and each other. `children` are dialogs that stand over it. */
export function CoverageDialog({ children }: { readonly children?: ReactNode }) {
  const connectionId = useApp(({ coverageView, profiles }) =>
    profiles.some(({ profile }) => profile.id === coverageView?.connectionId) ? coverageView?.connectionId : undefined,
  )
  return connectionId ? (
    <OpenDialog key={connectionId} connectionId={connectionId}>
      {children}
    </OpenDialog>
  ) : null
}
