import { X } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { interpretBytes, type ReadBytes } from '../../../decode/bytes/interpretBytes'
import { useCopyText } from '../../../state/clipboard'
import { useLandmarkName } from '../../../state/useLandmarkName'
import { IconButton } from '../../../ui/IconButton'
import { VisibleText } from '../../../ui/VisibleText'
import styles from './bytes.module.css'

interface ByteValuesProps {
  readonly bytes: Uint8Array
  readonly at: number
  readonly onClose: () => void
}

/** What the bytes at the caret are, as each of the types they may be. A click copies. */
export function ByteValues({ bytes, at, onClose }: ByteValuesProps) {
  const t = useTranslations('inspector.bytes')
  const name = t('label', { offset: `0x${at.toString(16)} (${at})` })
  const landmark = useLandmarkName(name)
  const values = useMemo(() => interpretBytes(bytes, at), [bytes, at])
  return (
    <section role="region" aria-label={landmark} className={styles.values}>
      <div className={styles.valuesHead}>
        <span>{name}</span>
        <IconButton label={t('close')} icon={<X size={14} />} onClick={onClose} />
      </div>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('type')}</th>
            <th scope="col">{t('little')}</th>
            <th scope="col">{t('big')}</th>
          </tr>
        </thead>
        <tbody>
          {values.map((value) => (
            <ValueRow key={value.type} value={value} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Both orders at once where they are the same. */
function ValueRow({ value: { type, little, big } }: { readonly value: ReadBytes }) {
  const t = useTranslations('inspector.bytes')
  return (
    <tr>
      <th scope="row">{t(`types.${type}`)}</th>
      {little === big ? (
        <ValueCell text={little} columns={2} />
      ) : (
        <>
          <ValueCell text={little} />
          <ValueCell text={big} />
        </>
      )}
    </tr>
  )
}

function ValueCell({ text, columns = 1 }: { readonly text: string | null; readonly columns?: number }) {
  const t = useTranslations('inspector.bytes')
  const copy = useCopyText()
  return (
    <td colSpan={columns}>
      {text === null ? (
        <span className={styles.absent}>–</span>
      ) : (
        <button type="button" title={t('copy', { value: text })} onClick={() => void copy(text)}>
          <VisibleText text={text} />
        </button>
      )}
    </td>
  )
}
