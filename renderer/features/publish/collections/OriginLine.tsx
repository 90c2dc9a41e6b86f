import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import { useEffect, useState } from 'react'
import { useErrorText } from '../../../i18n/useErrorText'
import type { DraftOrigin } from '#shared/model/drafts'
import { useApp } from '../../../state/useApp'
import { useConnection } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import type { DraftTab } from '../composer/draft'
import { useShownDraft } from '../drafts/useShownDraft'
import { publishState } from '../publishState'
import styles from './collections.module.css'
import { collectionsState, selectMessage } from './collectionsState'
import { NameDialog } from './CollectionQuestions'

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** The kept message that the draft is a change of: to save it there, or to choose where it was changed elsewhere. */
export function OriginLine() {
  const draft = useShownDraft()
  return draft.origin ? <Origin key={draft.id} draft={draft} origin={draft.origin} /> : null
}

interface OriginProps {
  readonly draft: DraftTab
  readonly origin: DraftOrigin
}

function Origin({ draft, origin }: OriginProps) {
  const t = useTranslations('collections')
  const errorText = useErrorText()
  const kept = useApp(collectionsState, selectMessage(origin.collectionId, origin.messageId))
  const [isAsking, setIsAsking] = useState(false)
  const saveDraft = useConnection(publishState, (state) => state.saveDraft)
  const setOrigin = useConnection(publishState, (state) => state.setOrigin)
  const [problem, setProblem] = useState<string | null>(null)
  const isChanged = draft.file !== null || !isSame(draft.message, origin.message)
  const isOvertaken = kept !== undefined && !isSame(kept.message, origin.message)
  const isAlike = kept !== undefined && draft.file === null && isSame(kept.message, draft.message)
  // Nothing typed is at stake: the draft follows what is kept.
  const follows = isOvertaken && (!isChanged || isAlike) ? kept.message : null
  useEffect(() => {
    if (follows) setOrigin({ ...origin, message: follows }, follows)
  }, [follows, origin, setOrigin])

  const save = async () => {
    const error = await saveDraft()
    setProblem(error && errorText(error))
  }
  const saveAs = () => setIsAsking(true)
  const place = { collectionId: origin.collectionId, folder: kept?.folder ?? '' }
  const dialog = isAsking ? (
    <NameDialog question={{ kind: 'saveAs', ...place }} onClose={() => setIsAsking(false)} />
  ) : null
  const name = visibleName(kept?.name ?? '')
  if (kept && isOvertaken && !follows)
    return (
      <div role="alert" className={styles.changed}>
        <span className={styles.originName}>{t('origin.changed', { name })}</span>
        <Button onClick={() => setOrigin({ ...origin, message: kept.message })}>{t('origin.keepMine')}</Button>
        <Button onClick={() => setOrigin({ ...origin, message: kept.message }, kept.message)}>
          {t('origin.takeTheirs')}
        </Button>
        <Button onClick={saveAs}>{t('origin.keepBoth')}</Button>
        {dialog}
      </div>
    )
  return (
    <div className={styles.origin}>
      <span className={styles.originName} title={problem ?? undefined}>
        {problem ?? (kept ? t('origin.from', { name }) : t('origin.gone'))}
      </span>
      {kept ? (
        <Button disabled={!isChanged} onClick={() => void save()}>
          {t('origin.save')}
        </Button>
      ) : null}
      <Button variant="quiet" onClick={saveAs}>
        {t('origin.saveAs')}
      </Button>
      {dialog}
    </div>
  )
}
