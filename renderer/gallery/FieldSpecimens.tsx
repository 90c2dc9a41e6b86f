import { useRef, useState } from 'react'
import type { ColourName } from '#shared/model/colour'
import { Button } from '../ui/Button'
import { ColourPicker } from '../ui/ColourPicker'
import { ColumnEdge, type SizedColumn } from '../ui/ColumnEdge'
import { CheckField, SelectField, TextField, type TextFieldProps } from '../ui/fields'
import { SearchField, type SearchFieldProps } from '../ui/SearchField'
import styles from './gallery.module.css'
import { Specimen } from './Specimen'

export function FieldSpecimens() {
  return (
    <>
      <Specimen of="TextField" layout="grid">
        <Text label="Empty" placeholder="What stands here until somebody types" />
        <Text label="With a hint" start="broker.example" hint="A name or an address." />
        <Text label="With a warning" start="client id with spaces" warning="Some brokers do not take spaces." />
        <Text label="With an error" start="70000" error="A port is a number from 1 to 65535." />
        <Text label="Disabled" start="cannot be changed" disabled />
        <Text label="Monospaced" start="plant/+/temperature" mono />
        <Text label="With a button" start="topicscope-4711" suffix={<Button>Generate</Button>} />
      </Specimen>
      <Specimen of="SearchField" layout="grid">
        <Search label="Search" />
        <Search label="Search" placeholder="e.g. line 7" />
      </Specimen>
      <Specimen of="ColumnEdge" layout="grid">
        <Column isAtLeft={false} />
        <Column isAtLeft />
      </Specimen>
      <Specimen of="SelectField" layout="grid">
        <Select label="Chosen" />
        <Select label="With a hint" hint="At once for all windows." />
        <Select label="With an error" error="There is no such theme." />
        <Select label="Disabled" disabled />
      </Specimen>
      <Specimen of="CheckField" layout="grid">
        <Check label="Off" start={false} />
        <Check label="On" start />
        <Check label="With a hint" start hint="What it means that this is on." />
        <Check label="Off, disabled" start={false} disabled />
        <Check label="On, disabled" start disabled />
      </Specimen>
      <Specimen of="ColourPicker">
        <Colours />
      </Specimen>
    </>
  )
}

function Text({ start = '', ...props }: Omit<TextFieldProps, 'value' | 'onChange'> & { readonly start?: string }) {
  const [value, setValue] = useState(start)
  return <TextField {...props} value={value} onChange={setValue} />
}

function Search(props: Pick<SearchFieldProps, 'label' | 'placeholder'>) {
  const [value, setValue] = useState('')
  return <SearchField {...props} value={value} onChange={setValue} />
}

function Column({ isAtLeft }: { readonly isAtLeft: boolean }) {
  const [width, setWidth] = useState(120)
  const head = useRef<HTMLSpanElement>(null)
  const column: SizedColumn = {
    show: (tried) => head.current?.style.setProperty('width', tried ?? `${width}px`),
    cells: () => (head.current ? [head.current] : []),
    most: () => 300,
    within: (wanted) => Math.max(24, Math.round(wanted)),
    onWidth: setWidth,
  }
  return (
    <span ref={head} className={styles.column} style={{ width }}>
      {isAtLeft ? 'Edge at the left' : 'Edge at the right'}
      <ColumnEdge column={column} isAtLeft={isAtLeft} />
    </span>
  )
}

interface SelectProps {
  readonly label: string
  readonly hint?: string
  readonly error?: string
  readonly disabled?: boolean
}

function Select(props: SelectProps) {
  const [value, setValue] = useState<'light' | 'dark'>('dark')
  return (
    <SelectField
      {...props}
      value={value}
      onChange={setValue}
      options={[
        { value: 'light', label: 'Light' },
        { value: 'dark', label: 'Dark' },
      ]}
    />
  )
}

interface CheckProps {
  readonly label: string
  readonly start: boolean
  readonly hint?: string
  readonly disabled?: boolean
}

function Check({ start, ...props }: CheckProps) {
  const [checked, setChecked] = useState(start)
  return <CheckField {...props} checked={checked} onChange={setChecked} />
}

function Colours() {
  const [colour, setColour] = useState<ColourName>('teal')
  return <ColourPicker label="Colour" value={colour} onChange={setColour} />
}
