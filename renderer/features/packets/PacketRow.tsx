import { ArrowDownLeft, ArrowUpRight, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { PacketEntry, RecordedPacket, RecordedStep } from '#shared/model/packets'
import { packetLine } from '#shared/mqtt/packet/packetLine'
import { formatClock, formatCount } from '../../ui/format'
import { VisibleText } from '../../ui/VisibleText'
import { decodedOf, exactMs, isWrong, packetIdOf } from './packetText'
import styles from './packets.module.css'

interface RowProps {
  readonly id: string
  readonly number: number
  readonly rowIndex: number
  /** Undefined = it is still to come from main. */
  readonly entry: PacketEntry | undefined
  readonly isChosen: boolean
  readonly onChoose: () => void
}

export function PacketRow({ id, number, rowIndex, entry, isChosen, onChoose }: RowProps) {
  const shared = {
    id,
    role: 'row',
    className: styles.row,
    'aria-rowindex': rowIndex,
    'aria-selected': isChosen,
    'data-packet': number,
    onMouseDown: onChoose,
  } as const
  if (!entry) return <div {...shared} />
  if (entry.kind === 'step')
    return (
      <div {...shared} data-type="step" data-step={entry.step} data-id="">
        <StepCells step={entry} />
      </div>
    )
  const packetId = packetIdOf(entry)
  return (
    <div
      {...shared}
      data-type={decodedOf(entry).type}
      data-direction={entry.direction}
      data-id={packetId ?? ''}
      data-wrong={isWrong(entry) || undefined}
    >
      <PacketCells packet={entry} packetId={packetId} />
    </div>
  )
}

function TimeCells({ time, delta }: { readonly time: number; readonly delta: number | null }) {
  return (
    <>
      <span role="gridcell" className={styles.time}>
        {formatClock(time)}
      </span>
      <span role="gridcell" className={styles.number}>
        {delta === null ? '' : `+${exactMs(Math.max(0, delta))}`}
      </span>
    </>
  )
}

function PacketCells({ packet, packetId }: { readonly packet: RecordedPacket; readonly packetId: number | null }) {
  const t = useTranslations('packets')
  const decoded = decodedOf(packet)
  const { direction, mark, size, time, delta } = packet
  return (
    <>
      <TimeCells time={time} delta={delta} />
      <span
        role="gridcell"
        className={styles.direction}
        data-direction={direction}
        title={t(`directions.${direction}`)}
      >
        {direction === 'in' ? <ArrowDownLeft size={13} /> : <ArrowUpRight size={13} />}
        <span className="visually-hidden">{t(`directions.${direction}`)}</span>
      </span>
      <span role="gridcell" className={styles.type}>
        {decoded.type}
      </span>
      <span role="gridcell" className={styles.number}>
        {packetId ?? ''}
      </span>
      <span role="gridcell" className={styles.number}>
        {formatCount(size)}
      </span>
      <span role="gridcell" className={styles.summary}>
        {isWrong(packet) ? <TriangleAlert size={12} className={styles.wrong} aria-label={t('wrong')} /> : null}
        {mark === null ? null : <span className={styles.mark}>{t(`marks.${mark}`)}</span>}
        <VisibleText text={packetLine(decoded)} mostPieces={8} />
      </span>
    </>
  )
}

function StepCells({ step }: { readonly step: RecordedStep }) {
  const t = useTranslations('packets')
  return (
    <>
      <TimeCells time={step.time} delta={step.delta} />
      <span role="gridcell" />
      <span role="gridcell" className={styles.step}>
        {t(`steps.${step.step}`)}
      </span>
      <span role="gridcell" />
      <span role="gridcell" />
      <span role="gridcell" className={styles.stepDetail}>
        <VisibleText text={step.detail} />
      </span>
    </>
  )
}
