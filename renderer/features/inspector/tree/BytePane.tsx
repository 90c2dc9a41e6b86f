import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ShownTree } from '../../../decode/payloadView'
import { hexView } from '../../../decode/views/hexView'
import { useLandmarkName } from '../../../state/useLandmarkName'
import { HexText, type ByteRange } from '../bytes/HexText'
import { LineRuler } from '../lines/LineRuler'
import { usePayloadContent } from '../payload/usePayloadContent'
import styles from './tree.module.css'

interface BytePaneProps {
  readonly tree: ShownTree
  readonly marked: ByteRange
  readonly caret: number | null
  readonly onCaret: (offset: number | null) => void
  readonly goal: { readonly offset: number; readonly turn: number }
}

/** The bytes that the offsets of a tree count in, with those of the chosen value marked. */
export function BytePane({ tree, marked, caret, onCaret, goal }: BytePaneProps) {
  const t = useTranslations('inspector.tree')
  const landmark = useLandmarkName(t('bytesRegion'))
  const [width, setWidth] = useState(Infinity)
  const [lines, attach] = useState<HTMLElement | null>(null)
  const { bytes, isUnpacked } = tree
  const content = usePayloadContent({ bytes, isCut: false, payloadBytes: bytes.length, width }, hexView)
  const grid = content.byteGrid
  return (
    <section role="region" aria-label={landmark} className={styles.bytes}>
      {isUnpacked ? <p className={styles.unpacked}>{t('unpacked')}</p> : null}
      <LineRuler lines={lines} onWidth={setWidth} />
      {grid ? <HexText {...{ content, grid, marked, caret, onCaret, goal, attach }} find={null} /> : null}
    </section>
  )
}
