import type { ProtobufField, ProtobufMessage, ScalarType } from '../protobuf/protobufSchema'
import { createProtobufTypes } from '../protobuf/protobufTypes'

/**
 * The messages of Sparkplug B (3.0, §6.4.1 "Google Protocol Buffer Schema") as a table of our own: number, name and type of each
 * field, `*` = repeated. The values of metrics, properties and data sets have the same kinds under different numbers.
 */
const tables: Readonly<Record<string, readonly string[]>> = {
  Payload: ['1 timestamp uint64', '2 metrics *Metric', '3 seq uint64', '4 uuid string', '5 body bytes'],
  Metric: [
    '1 name string',
    '2 alias uint64',
    '3 timestamp uint64',
    '4 datatype uint32',
    '5 is_historical bool',
    '6 is_transient bool',
    '7 is_null bool',
    '8 metadata MetaData',
    '9 properties PropertySet',
    '10 int_value uint32',
    '11 long_value uint64',
    '12 float_value float',
    '13 double_value double',
    '14 boolean_value bool',
    '15 string_value string',
    '16 bytes_value bytes',
    '17 dataset_value DataSet',
    '18 template_value Template',
  ],
  MetaData: [
    '1 is_multi_part bool',
    '2 content_type string',
    '3 size uint64',
    '4 seq uint64',
    '5 file_name string',
    '6 file_type string',
    '7 md5 string',
    '8 description string',
  ],
  PropertySet: ['1 keys *string', '2 values *PropertyValue'],
  PropertySetList: ['1 propertyset *PropertySet'],
  PropertyValue: [
    '1 type uint32',
    '2 is_null bool',
    '3 int_value uint32',
    '4 long_value uint64',
    '5 float_value float',
    '6 double_value double',
    '7 boolean_value bool',
    '8 string_value string',
    '9 propertyset_value PropertySet',
    '10 propertysets_value PropertySetList',
  ],
  DataSet: ['1 num_of_columns uint64', '2 columns *string', '3 types *uint32', '4 rows *Row'],
  Row: ['1 elements *DataSetValue'],
  DataSetValue: [
    '1 int_value uint32',
    '2 long_value uint64',
    '3 float_value float',
    '4 double_value double',
    '5 boolean_value bool',
    '6 string_value string',
  ],
  Template: [
    '1 version string',
    '2 metrics *Metric',
    '3 parameters *Parameter',
    '4 template_ref string',
    '5 is_definition bool',
  ],
  Parameter: [
    '1 name string',
    '2 type uint32',
    '3 int_value uint32',
    '4 long_value uint64',
    '5 float_value float',
    '6 double_value double',
    '7 boolean_value bool',
    '8 string_value string',
  ],
}

const fieldOf = (line: string): ProtobufField => {
  const [number = '', name = '', written = ''] = line.split(' ')
  const typeName = written.replace('*', '')
  return {
    name,
    jsonName: name,
    number: Number(number),
    type: tables[typeName] ? { kind: 'message', name: typeName } : { kind: 'scalar', name: typeName as ScalarType },
    label: written === typeName ? 'single' : 'repeated',
    mapKey: null,
    isPacked: false,
    isGroup: false,
    isRequired: false,
    isImplicit: false,
    oneof: null,
  }
}

const messages: readonly ProtobufMessage[] = Object.entries(tables).map(([name, lines]) => ({
  name,
  fields: lines.map(fieldOf),
}))

export const payloadTypes = createProtobufTypes({ messages, enums: [] })
