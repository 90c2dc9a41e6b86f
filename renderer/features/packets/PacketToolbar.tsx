import { CircleDot, Download, Trash2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { shortVisible } from '#shared/text/visibleText'
import type { Words } from '#shared/i18n/words'
import type { QueryProblem } from '../../model/query/queryProblem'
import { useConnection, useConnectionObject } from '../../state/useConnection'
import { formatBytes, formatCount } from '../../ui/format'
import { IconButton } from '../../ui/IconButton'
import { MenuButton } from '../../ui/menus'
import { SearchField } from '../../ui/SearchField'
import { copyPackets, exportPackets } from './exportPackets'
import styles from './packets.module.css'
import { packetsState } from './packetsState'

export function PacketToolbar() {
  const t = useTranslations('packets')
  const connection = useConnectionObject()
  const query = useConnection(packetsState, (state) => state.query)
  const problem = useConnection(packetsState, (state) => state.parsed.problem)
  const { setQuery, switchTo, clear } = useConnection(packetsState, (state) => state)
  const isOn = useConnection(packetsState, ({ status }) => status?.isOn !== false)
  return (
    <div className={styles.toolbar}>
      <div className={styles.search}>
        <SearchField label={t('filter')} placeholder={t('example')} value={query} onChange={setQuery} />
        {problem ? <ProblemText problem={problem} /> : null}
      </div>
      <PacketCount />
      <div className={styles.verbs}>
        <IconButton
          label={isOn ? t('recording') : t('recordPackets')}
          icon={<CircleDot size={16} />}
          pressed={isOn}
          data-recording={isOn}
          onClick={() => void switchTo(!isOn)}
        />
        <MenuButton
          label={t('export')}
          icon={<Download size={16} />}
          items={() => [
            { label: t('exportJsonLines'), onSelect: () => void exportPackets(connection, 'jsonLines') },
            { label: t('exportPcapng'), onSelect: () => void exportPackets(connection, 'pcapng') },
            { label: t('exportText'), onSelect: () => void exportPackets(connection, 'text') },
            { label: t('copyText'), onSelect: () => void copyPackets(connection) },
          ]}
        />
        <IconButton label={t('clear')} icon={<Trash2 size={16} />} onClick={() => void clear()} />
      </div>
    </div>
  )
}

function PacketCount() {
  const t = useTranslations('packets')
  const status = useConnection(packetsState, (state) => state.status)
  const found = useConnection(packetsState, (state) => state.found)
  if (!status) return null
  const total = Math.max(0, status.last - status.first + 1)
  const text = found
    ? t('found', { count: formatCount(found.count), total: formatCount(total) })
    : t('count', { count: formatCount(total), bytes: formatBytes(status.bytes) })
  return (
    <span className={styles.count} role="status">
      {found?.isSearching === true ? `${text} …` : text}
      {status.dropped > 0 ? ` · ${t('dropped', { count: formatCount(status.dropped) })}` : ''}
    </span>
  )
}

function ProblemText({ problem: { code, subject } }: { readonly problem: QueryProblem }) {
  const t = useTranslations('query')
  const ofFilter = useTranslations('filterProblems')
  return (
    <p className={styles.problem} role="status">
      {code === 'topicFilter'
        ? ofFilter(subject as keyof Words['filterProblems'])
        : t(`problems.${code}`, { subject: shortVisible(subject, 40) })}
    </p>
  )
}
