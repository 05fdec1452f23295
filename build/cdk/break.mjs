// What a hand-made change does to what CDK writes.

/** Removes one statement of a document of a resource. */
export function withoutStatement(construct, property, index) {
  leaf(construct).addPropertyDeletionOverride(`${property}.Statement.${index}`);
}

/** Sets a property of a resource to something else. */
export function changed(construct, property, value) {
  leaf(construct).addPropertyOverride(property, value);
}

/** The resources of a type in a construct, at any depth. */
export function ofType(scope, type) {
  return scope.node.findAll().filter(c => c.cfnResourceType === type);
}

/** Removes resources. */
export function removed(...resources) {
  for (const { node } of resources) node.scope.node.tryRemoveChild(node.id);
}

function leaf(construct) {
  return construct.node.defaultChild ?? construct;
}
