import { useTranslations } from 'use-intl'
import { sparkplugClauses, type SparkplugProblem } from '#shared/sparkplug/sparkplugProblem'
import type { SparkplugNetwork } from '#shared/sparkplug/sparkplugNetwork'
import { selectionState } from '../../state/selection'
import { useConnection } from '../../state/useConnection'
import { formatClock, formatCount } from '../../ui/format'
import { VisibleText } from '../../ui/VisibleText'
import { RowList } from '../../ui/virtualList/RowList'
import styles from './sparkplug.module.css'

/** What is wrong with the messages of all edge nodes, the latest first; each leads to its message. */
export function ProblemList({ network }: { readonly network: SparkplugNetwork }) {
  const t = useTranslations('sparkplug')
  const problems = network.problems().toReversed()
  return (
    <div className={styles.problems}>
      <h3 className={styles.problemsHead}>{t('problems', { count: network.problemCount() })}</h3>
      {problems.length === 0 ? (
        <p className={styles.none}>{t('noProblems')}</p>
      ) : (
        <RowList
          label={t('problemList')}
          className={styles.rows}
          count={problems.length}
          rowHeight={24}
          renderRow={(index) => {
            const problem = problems[index]
            return problem ? <ProblemLine problem={problem} /> : null
          }}
        />
      )}
    </div>
  )
}

function ProblemLine({ problem }: { readonly problem: SparkplugProblem }) {
  const t = useTranslations('sparkplug')
  const select = useConnection(selectionState, (state) => state.selectMessage)
  const { kind, group, node, device, detail, count, at, sequence } = problem
  const who = [group, node, device].filter((part) => part !== null && part !== '').join('/')
  const clause = sparkplugClauses[kind]
  return (
    <button
      type="button"
      className={styles.problem}
      data-problem={kind}
      title={clause === null ? t('showMessage') : `${t('showMessage')} · ${clause}`}
      onClick={() => select(sequence)}
    >
      <span className={styles.faint}>{formatClock(at)}</span>
      <span className={styles.cell}>
        <VisibleText text={who} />
      </span>
      <span className={styles.what}>
        <VisibleText text={t(`kinds.${kind}`, { detail })} />
        {count > 1 ? <span className={styles.count}>{t('timesTold', { count: formatCount(count) })}</span> : null}
      </span>
      <span className={`${styles.clause} ${styles.roomy}`}>{clause ?? ''}</span>
    </button>
  )
}
