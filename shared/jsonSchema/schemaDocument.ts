import { memberOf, readJsonTree, type JsonMap, type JsonNode, type JsonTree } from '#shared/json/jsonTree'
import { keywordProblems, type SchemaProblem } from './keywordProblems'
import { keywordKind, type Dialect, type KeywordKind } from './schemaKeywords'
import { namelessUri, resolveReference } from './uriReference'

/** A part of a document with an address of its own. */
export interface SchemaResource {
  readonly uri: string
  readonly root: JsonNode
  readonly anchors: Map<string, JsonNode>
  readonly dynamicAnchors: Map<string, JsonNode>
}

/** A JSON Schema with what its references lead to. It is as good as it can be made of a faulty one. */
export interface SchemaDocument {
  readonly root: JsonNode
  readonly dialect: Dialect
  /** What is wrong with it, and what of it is not looked at, in the order of the text. */
  readonly problems: readonly SchemaProblem[]
  /** Some of it asks what the rest has looked at. */
  readonly hasUnevaluated: boolean
  resourceOf(schema: JsonNode): SchemaResource
  /** What `$ref` of a schema leads to; null = it is not here. */
  referenceOf(schema: JsonMap): JsonNode | null
  /** What `$dynamicRef` leads to for what was entered so far, outermost first (JSON Schema 2020-12 §8.2.3.2). */
  dynamicReferenceOf(schema: JsonMap, entered: readonly SchemaResource[]): JsonNode | null
}

export type ReadSchema =
  | { readonly ok: true; readonly document: SchemaDocument }
  | ({ readonly ok: false } & Pick<Extract<JsonTree, { ok: false }>, 'position' | 'detail'>)

/** Reads the text of a schema. What other documents it refers to is never fetched. */
export const readSchema = (text: string): ReadSchema => {
  const tree = readJsonTree(text)
  return tree.ok ? { ok: true, document: documentOf(tree.root) } : tree
}

interface Reference {
  readonly schema: JsonMap
  readonly written: JsonNode & { readonly kind: 'text' }
}

interface Walk {
  readonly dialect: Dialect
  readonly problems: SchemaProblem[]
  readonly resources: Map<string, SchemaResource>
  readonly resourceOf: Map<JsonNode, SchemaResource>
  readonly references: Reference[]
  hasUnevaluated: boolean
}

const documentOf = (root: JsonNode): SchemaDocument => {
  const { dialect, problem } = dialectOf(root)
  const walk: Walk = {
    dialect,
    problems: problem ? [problem] : [],
    resources: new Map(),
    resourceOf: new Map(),
    references: [],
    hasUnevaluated: false,
  }
  const first = addResource(walk, namelessUri, root)
  visit(walk, root, first)
  const targets = resolveAll(walk)
  const resourceOf = (schema: JsonNode) => walk.resourceOf.get(schema) ?? first
  return {
    root,
    dialect,
    problems: walk.problems.toSorted((a, b) => a.position - b.position),
    hasUnevaluated: walk.hasUnevaluated,
    resourceOf,
    referenceOf: (schema) => targets.get(memberOf(schema, '$ref') ?? schema) ?? null,
    dynamicReferenceOf: (schema, entered) => {
      const written = memberOf(schema, '$dynamicRef')
      const target = (written && targets.get(written)) ?? null
      const name = target && memberOf(target, '$dynamicAnchor')
      if (written?.kind !== 'text' || name?.kind !== 'text' || !written.text.endsWith(`#${name.text}`)) return target
      return entered.map(({ dynamicAnchors }) => dynamicAnchors.get(name.text)).find((one) => one) ?? target
    },
  }
}

const dialectOf = (root: JsonNode): { readonly dialect: Dialect; readonly problem: SchemaProblem | null } => {
  const written = memberOf(root, '$schema')
  if (written?.kind !== 'text') return { dialect: '2020-12', problem: null }
  if (/draft-07/.test(written.text)) return { dialect: '07', problem: null }
  if (/2020-12/.test(written.text)) return { dialect: '2020-12', problem: null }
  // What stands in the earlier drafts is nearer to draft-07.
  const dialect = /draft-0[3-6]/.test(written.text) ? '07' : '2020-12'
  return { dialect, problem: { code: 'otherDialect', isRemark: true, position: written.position, values: { dialect } } }
}

const addResource = (walk: Walk, uri: string, root: JsonNode): SchemaResource => {
  const resource: SchemaResource = { uri, root, anchors: new Map(), dynamicAnchors: new Map() }
  walk.resources.set(uri, resource)
  return resource
}

/** Looks at a schema and all below it. References are followed later, so that one to itself ends. */
const visit = (walk: Walk, schema: JsonNode, parent: SchemaResource): void => {
  if (walk.resourceOf.has(schema)) return
  if (schema.kind !== 'map') {
    walk.resourceOf.set(schema, parent)
    const isTruth = schema.kind === 'constant' && schema.value !== null
    if (!isTruth) walk.problems.push({ code: 'notASchema', isRemark: false, position: schema.position, values: {} })
    return
  }
  const onlyReference = walk.dialect === '07' && memberOf(schema, '$ref') !== undefined
  const resource = onlyReference ? parent : enteredAt(walk, schema, parent)
  walk.resourceOf.set(schema, resource)
  for (const { key, value } of schema.members) {
    if (onlyReference && key !== '$ref') continue
    const kind = keywordKind(walk.dialect, key)
    if (kind === undefined) continue
    walk.problems.push(...keywordProblems(key, kind, value))
    if ((key === '$ref' || key === '$dynamicRef') && value.kind === 'text')
      walk.references.push({ schema, written: value })
    if (key === 'unevaluatedProperties' || key === 'unevaluatedItems') walk.hasUnevaluated = true
    for (const below of schemasIn(kind, value)) visit(walk, below, resource)
  }
}

/** The resource of a schema, which begins a new one with its `$id`, with the names that it has there. */
const enteredAt = (walk: Walk, schema: JsonMap, parent: SchemaResource): SchemaResource => {
  const id = memberOf(schema, '$id')
  const isAnchor = walk.dialect === '07' && id?.kind === 'text' && id.text.startsWith('#')
  const uri = id?.kind === 'text' && !isAnchor ? resolveReference(id.text, parent.uri).uri : null
  const resource = uri === null ? parent : addResource(walk, uri, schema)
  const dynamic = memberOf(schema, '$dynamicAnchor')
  for (const name of [memberOf(schema, '$anchor'), dynamic])
    if (walk.dialect === '2020-12' && name?.kind === 'text') resource.anchors.set(name.text, schema)
  if (dynamic?.kind === 'text') resource.dynamicAnchors.set(dynamic.text, schema)
  if (isAnchor) resource.anchors.set(id.text.slice(1), schema)
  return resource
}

const schemasIn = (kind: KeywordKind, value: JsonNode): readonly JsonNode[] => {
  switch (kind) {
    case 'schema':
      return [value]
    case 'schemas':
      return value.kind === 'list' ? value.items : []
    case 'schemaOrSchemas':
      return value.kind === 'list' ? value.items : [value]
    case 'schemaMap':
      return value.kind === 'map' ? value.members.map((member) => member.value) : []
    case 'dependencies':
      return value.kind === 'map'
        ? value.members.flatMap((member) => (member.value.kind === 'list' ? [] : [member.value]))
        : []
    default:
      return []
  }
}

/** What each reference leads to. What only references reach, e.g. below a keyword that is none, is looked at then. */
const resolveAll = (walk: Walk): ReadonlyMap<JsonNode, JsonNode> => {
  const targets = new Map<JsonNode, JsonNode>()
  for (let index = 0; index < walk.references.length; index++) {
    const reference = walk.references[index]
    if (!reference) break
    const { schema, written } = reference
    const base = walk.resourceOf.get(schema)?.uri ?? namelessUri
    const { uri, fragment } = resolveReference(written.text, base)
    const resource = walk.resources.get(uri)
    const target = resource && fragmentOf(resource, fragment)
    if (target) {
      targets.set(written, target)
      visit(walk, target, resource)
    } else
      walk.problems.push({
        code: resource ? 'referenceMissing' : 'referenceElsewhere',
        isRemark: !resource,
        position: written.position,
        values: { reference: written.text },
      })
  }
  return targets
}

const fragmentOf = (resource: SchemaResource, fragment: string): JsonNode | undefined => {
  if (fragment === '') return resource.root
  if (!fragment.startsWith('/')) return resource.anchors.get(fragment)
  let node: JsonNode | undefined = resource.root
  for (const step of fragment.slice(1).split('/')) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (node?.kind === 'list') node = /^\d+$/.test(key) ? node.items[Number(key)] : undefined
    else node = node && memberOf(node, key)
  }
  return node
}
