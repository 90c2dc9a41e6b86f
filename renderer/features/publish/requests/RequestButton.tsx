import { ArrowLeftRight } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { selectIsOnline, sessionState } from '../../../state/session'
import { useConnection } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { requestsState, timeoutOf } from './requestsState'

/** Sends what stands in the composer, and waits for its answer. */
export function RequestButton({ onRequest }: { readonly onRequest: (timeoutMs: number) => void }) {
  const t = useTranslations('requests')
  const online = useConnection(sessionState, selectIsOnline)
  const timeoutMs = useConnection(requestsState, (state) => timeoutOf(state.timeoutMs))
  return (
    <Button
      icon={<ArrowLeftRight size={14} aria-hidden />}
      disabled={!online || timeoutMs === null}
      title={t('requestHint')}
      onClick={() => {
        if (timeoutMs !== null) onRequest(timeoutMs)
      }}
    >
      {t('request')}
    </Button>
  )
}
