import { useState } from 'react'
import type { ColourName } from '#shared/model/colour'
import { Button } from '../ui/Button'
import { ColourPicker } from '../ui/ColourPicker'
import { CheckField, SelectField, TextField, type TextFieldProps } from '../ui/fields'
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
        <Text label="Without a visible label" hideLabel placeholder="Without a visible label" type="search" />
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
