import { useTranslations } from 'use-intl'
import { focusState } from '../../../state/focus'
import { useApp } from '../../../state/useApp'
import { useConnection } from '../../../state/useConnection'
import styles from './requests.module.css'
import { requestsState, type RequestsState } from './requestsState'
import { formatRoundTrip } from './roundTripText'

const selectLatest = ({ exchanges }: RequestsState) => exchanges.findLast((one) => one.unmatched === null)

/** What became of the latest request; brings the view of all forward. */
export function RequestLine() {
  const t = useTranslations('requests')
  const latest = useConnection(requestsState, selectLatest)
  const showPart = useConnection(requestsState, (state) => state.showPart)
  const focus = useApp(focusState, (state) => state.focus)
  if (!latest || latest.state === 'unmatched') return null
  const { state, roundTripMs } = latest
  return (
    <button
      type="button"
      className={styles.line}
      data-state={state}
      title={t('lineHint')}
      onClick={() => {
        showPart('requests')
        focus('requests')
      }}
    >
      {t(`line.${state}`, { milliseconds: formatRoundTrip(roundTripMs) })}
    </button>
  )
}
