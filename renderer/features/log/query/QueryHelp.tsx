import { CircleHelp } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { IconButton } from '../../../ui/IconButton'
import { Popover } from '../../../ui/Popover'
import styles from './query.module.css'

/** Examples, each with the key of its sentence in `help`. */
const examples = [
  ['press "line 1" -idle', 'words'],
  ['/err(or)?\\b/i', 'regex'],
  ['topic:plant/+/temp', 'topic'],
  ['below:plant/line1', 'below'],
  ['in  out', 'direction'],
  ['retained dup repeated copies', 'marks'],
  ['qos:1  qos:>0', 'qos'],
  ['size:>1k  size:10..2k', 'size'],
  ['sub:alarms', 'sub'],
  ['after:14:30  before:2026-11-30', 'times'],
  ['last:5m', 'last'],
  ['$.temp > 30  $.state = "on"', 'compare'],
  ['$.tags[0]:red  $.id =~ /^a/', 'contain'],
  ['schema:invalid  schema:valid  schema:unchecked', 'schema'],
  ['prop.content-type:json', 'property'],
  ['user.key = x', 'user'],
] as const

/** The language of the query on one page. */
export function QueryHelp() {
  const t = useTranslations('query')
  return (
    <Popover title={t('helpTitle')} trigger={<IconButton label={t('helpTitle')} icon={<CircleHelp size={14} />} />}>
      <dl className={styles.help}>
        {examples.map(([example, meaning]) => (
          <div key={meaning} className={styles.helpRow}>
            <dt>{example}</dt>
            <dd>{t(`help.${meaning}`)}</dd>
          </div>
        ))}
      </dl>
    </Popover>
  )
}
