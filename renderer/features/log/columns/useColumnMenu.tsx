import { ArrowLeft, ArrowRight, EyeOff, MoveHorizontal, RotateCcw } from 'lucide-react'
import type { RefObject } from 'react'
import { useTranslations } from 'use-intl'
import type { MenuEntry } from '../../../ui/menus'
import { movedTo, withShow, withWidth } from './columnArrangement'
import { fittingWidth } from '../../../ui/ColumnEdge'
import { sizedColumn } from './columnWidths'
import type { DrawnColumn } from './drawnColumns'
import type { LogColumns } from './useLogColumns'

export interface ColumnMenuOptions extends LogColumns {
  readonly columns: readonly DrawnColumn[]
  readonly grid: RefObject<HTMLElement | null>
}

/** What can be done with the column of a header. */
export const useColumnMenu = ({ arranged, arrange, columns, grid }: ColumnMenuOptions) => {
  const t = useTranslations('log.arrange')
  return (id: string): readonly MenuEntry[] => {
    const place = columns.findIndex((column) => column.id === id)
    const move = (by: -1 | 1) => {
      const beside = columns[place + by]
      if (beside) arrange(movedTo(arranged, id, beside.id))
    }
    const fit = () => {
      if (grid.current) arrange(withWidth(arranged, id, fittingWidth(sizedColumn(() => grid.current, place))))
    }
    return [
      { label: t('left'), icon: <ArrowLeft size={14} />, disabled: place <= 0, onSelect: () => move(-1) },
      {
        label: t('right'),
        icon: <ArrowRight size={14} />,
        disabled: place === columns.length - 1,
        onSelect: () => move(1),
      },
      'separator',
      { label: t('fit'), icon: <MoveHorizontal size={14} />, onSelect: fit },
      {
        label: t('ownWidth'),
        icon: <RotateCcw size={14} />,
        disabled: columns[place]?.chosenWidth === null,
        onSelect: () => arrange(withWidth(arranged, id, null)),
      },
      'separator',
      {
        label: t('hide'),
        icon: <EyeOff size={14} />,
        disabled: columns.length === 1,
        onSelect: () => arrange(withShow(arranged, id, 'hidden')),
      },
    ]
  }
}
