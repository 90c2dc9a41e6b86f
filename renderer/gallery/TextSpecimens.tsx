import { Inbox } from 'lucide-react'
import { colourNames } from '#shared/model/colour'
import { Button } from '../ui/Button'
import { Chip } from '../ui/Chip'
import { ColourDot } from '../ui/ColourDot'
import { EmptyState } from '../ui/EmptyState'
import { HiddenNote } from '../ui/HiddenNote'
import { StateDot } from '../ui/StateDot'
import { RowList } from '../ui/virtualList/RowList'
import { VisibleName, VisibleText } from '../ui/VisibleText'
import styles from './gallery.module.css'
import { Specimen, State } from './Specimen'

/** A right-to-left override, a zero-width space, a no-break space, and a control character. */
const hidden = 'plant/\u202Etemp\u202C/zero\u200Bwidth/no\u00A0break/\u0007'

export function TextSpecimens() {
  return (
    <>
      <Specimen of="StateDot">
        {(['plain', 'success', 'warning', 'danger'] as const).map((tone) => (
          <State key={tone} name={tone}>
            <StateDot tone={tone} isFilled />
            <StateDot tone={tone} isFilled={false} />
          </State>
        ))}
      </Specimen>
      <Specimen of="Chip">
        {colourNames.map((colour) => (
          <Chip key={colour} colour={colour} label={colour} />
        ))}
        <Chip colour="blue" label="a name that is longer than the room that a chip has for it" />
        <Chip colour="red" label={hidden} />
      </Specimen>
      <Specimen of="ColourDot">
        {colourNames.map((colour) => (
          <ColourDot key={colour} colour={colour} title={colour} />
        ))}
      </Specimen>
      <Specimen of="VisibleText">
        <State name="plain">
          <VisibleText text="21.5 °C, 溫度" />
        </State>
        <State name="hidden characters">
          <VisibleText text={hidden} />
        </State>
        <State name="cut">
          <VisibleText text={'0123456789'.repeat(30)} limit={24} />
        </State>
        <State name="the start of a longer one">
          <VisibleText text="the first bytes" isStart />
        </State>
      </Specimen>
      <Specimen of="VisibleName">
        <State name="plain">
          <VisibleName text="plant/hall-1/temperature" />
        </State>
        <State name="spaces that deceive">
          <VisibleName text=" plant/hall  1/temperature " />
        </State>
        <State name="hidden characters">
          <VisibleName text={hidden} />
        </State>
      </Specimen>
      <Specimen of="HiddenNote" layout="stack">
        <HiddenNote text={hidden} />
        <HiddenNote text={'{"a":\t"zero\u200Bwidth"}'} isPayload />
      </Specimen>
      <Specimen of="EmptyState">
        <div className={styles.pane}>
          <EmptyState title="Nothing here" />
        </div>
        <div className={styles.pane}>
          <EmptyState icon={<Inbox size={32} />} title="No messages yet" action={<Button>Subscribe</Button>}>
            They come when somebody publishes to a topic that is subscribed to.
          </EmptyState>
        </div>
      </Specimen>
      <Specimen of="RowList, VirtualRows">
        <RowList
          label="A million rows"
          className={styles.rows}
          count={1_000_000}
          rowHeight={24}
          renderRow={(row) => <div className={styles.listRow}>row {row + 1}</div>}
        />
      </Specimen>
    </>
  )
}
