/**
 * The part of the DOM that Observable Plot needs to build an SVG: elements with attributes, styles and children. It exists
 * because a whole DOM library costs a second at start; what it lacks shows as an error in the tests that draw.
 */
export interface SvgDocument {
  readonly documentElement: { readonly namespaceURI: string; readonly ownerDocument: SvgDocument };
  createElement(tag: string): SvgElement;
  createElementNS(namespace: string, tag: string): SvgElement;
  createTextNode(text: string): SvgElement;
}

export interface SvgElement {
  readonly tagName: string;
  setAttribute(name: string, value: unknown): void;
  /** The element as SVG text. Style sheets are left out: the rasteriser reads attributes only. */
  readonly outerHTML: string;
}

export function createSvgDocument(): SvgDocument {
  const document: SvgDocument = {
    // Plot makes its elements through the root, which says which namespace and which document they get.
    documentElement: {
      namespaceURI: 'http://www.w3.org/1999/xhtml',
      get ownerDocument() {
        return document;
      },
    },
    createElement: (tag) => createNode(tag, document),
    createElementNS: (_namespace, tag) => createNode(tag, document),
    createTextNode: (text) => createNode('#text', document, text),
  };
  return document;
}

interface Node extends SvgElement {
  readonly ownerDocument: SvgDocument;
  parentNode: Node | null;
  readonly childNodes: Node[];
  textContent: string;
  insertBefore(child: Node, before: Node | null): Node;
  appendChild(child: Node): Node;
  removeChild(child: Node): Node;
}

function createNode(tagName: string, ownerDocument: SvgDocument, ownText?: string): Node {
  const attributes = new Map<string, string>();
  const styles = new Map<string, string>();
  const childNodes: Node[] = [];
  const node = {
    tagName,
    nodeName: tagName,
    namespaceURI: 'http://www.w3.org/2000/svg',
    ownerDocument,
    childNodes,
    parentNode: null,
    style: styleOf(styles),
    get firstChild() {
      return childNodes[0] ?? null;
    },
    get lastChild() {
      return childNodes.at(-1) ?? null;
    },
    get nextSibling(): Node | null {
      const siblings = self.parentNode?.childNodes ?? [];
      return siblings[siblings.indexOf(self) + 1] ?? null;
    },
    get textContent(): string {
      return ownText ?? childNodes.map((child) => child.textContent).join('');
    },
    set textContent(text: string) {
      childNodes.splice(0);
      if (text !== '') self.appendChild(createNode('#text', ownerDocument, text));
    },
    get outerHTML() {
      return ownText === undefined ? markup(tagName, attributes, styles, childNodes) : escapeXml(ownText);
    },
    setAttribute: (name: string, value: unknown) => void attributes.set(name, String(value)),
    setAttributeNS: (_namespace: string, name: string, value: unknown) => void attributes.set(name, String(value)),
    getAttribute: (name: string) => attributes.get(name) ?? null,
    hasAttribute: (name: string) => attributes.has(name),
    removeAttribute: (name: string) => void attributes.delete(name),
    insertBefore(child: Node, before: Node | null): Node {
      child.parentNode?.removeChild(child);
      const at = before === null ? childNodes.length : childNodes.indexOf(before);
      childNodes.splice(at === -1 ? childNodes.length : at, 0, child);
      child.parentNode = self;
      return child;
    },
    appendChild: (child: Node) => self.insertBefore(child, null),
    append(...children: (Node | string)[]): void {
      for (const child of children) {
        self.appendChild(typeof child === 'string' ? createNode('#text', ownerDocument, child) : child);
      }
    },
    removeChild(child: Node): Node {
      const at = childNodes.indexOf(child);
      if (at !== -1) childNodes.splice(at, 1);
      child.parentNode = null;
      return child;
    },
    remove: () => void self.parentNode?.removeChild(self),
    querySelectorAll: () => [],
    querySelector: () => null,
    addEventListener: () => undefined,
  } satisfies Record<string, unknown>;
  const self: Node = node;
  return self;
}

function styleOf(styles: Map<string, string>): object {
  return new Proxy(
    {
      setProperty: (name: string, value: unknown) => void styles.set(name, String(value)),
      removeProperty: (name: string) => void styles.delete(name),
    },
    {
      set(_target, name, value) {
        styles.set(
          String(name).replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
          String(value),
        );
        return true;
      },
    },
  );
}

function markup(
  tag: string,
  attributes: ReadonlyMap<string, string>,
  styles: ReadonlyMap<string, string>,
  children: readonly Node[],
): string {
  if (tag === 'style') return '';
  const pairs = [...attributes].map(([name, value]) => ` ${name}="${escapeXml(value)}"`).join('');
  const css = [...styles].map(([name, value]) => `${name}:${value}`).join(';');
  const style = css === '' ? '' : ` style="${escapeXml(css)}"`;
  return `<${tag}${pairs}${style}>${children.map((child) => child.outerHTML).join('')}</${tag}>`;
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
