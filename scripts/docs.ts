/**
 * Writes the parts of `docs/` that are made from the code: the reference, from the doc comments, the table of the
 * catalogue, and the pages on errors, from what the tests hold. Into another folder where one is named: `tsx scripts/docs.ts <folder>`.
 */
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Application, Context, DeclarationReflection, ProjectReflection } from "typedoc";
import { catalogueTable } from "./catalogueTable";
import { ec2ErrorsPage, errorsPage } from "./errorsPage";

// Imported when it runs: the plugin has TypeDoc as an ES module, and there may be only one of it.
type TypeDoc = typeof import("typedoc");

const ROOT = join(__dirname, "..");

/** Types that the code takes from a table which is none of a reader's business: the reference lists what they allow. */
const LISTED: ReadonlySet<string> = new Set(["IcmpTypeName", "ServiceName", "Strangers", "WarningKind"]);

async function writeDocs(folder: string): Promise<void> {
  const typeDoc = await import("typedoc");
  const { Application, Converter, TSConfigReader, TypeDocReader } = typeDoc;
  const options = { options: join(ROOT, "typedoc.json"), out: join(folder, "reference", "api") };
  const app = await Application.bootstrapWithPlugins(options, [new TypeDocReader(), new TSConfigReader()]);
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context) => simplify(typeDoc, context));

  const project = await app.convert();
  if (project) {
    const exempt = app.options.getValue("intentionallyNotDocumented");
    app.options.setValue("intentionallyNotDocumented", [...exempt, ...partsOfDocumented(typeDoc, project)]);
    app.validate(project);
  }
  // Looked at before anything is written, so that a bad comment leaves the docs as they were.
  if (!project || isFaulty(app)) throw new Error("the doc comments need mending: see above");
  await app.generateOutputs(project);
  if (isFaulty(app)) throw new Error("the reference could not be written: see above");
  writeFileSync(join(folder, "reference", "catalogue.md"), catalogueTable());
  writeFileSync(join(folder, "reference", "errors.md"), errorsPage());
  writeFileSync(join(folder, "reference", "ec2-errors.md"), ec2ErrorsPage());
}

/** Shows what is written for the compiler as a reader would have it. */
function simplify(typeDoc: TypeDoc, context: Context): void {
  const { DeclarationReflection, ReferenceType, ReflectionKind, UnknownType } = typeDoc;
  const { project } = context;
  const kinds = ReflectionKind.Variable | ReflectionKind.TypeAlias | ReflectionKind.Class;
  for (const declaration of project.getReflectionsByKind(kinds)) {
    if (!(declaration instanceof DeclarationReflection)) continue;
    const shown = shownAs(declaration, context);
    if (shown !== undefined) {
      project.removeTypeReflections(declaration.type);
      declaration.type = new UnknownType(shown);
    }
    // What extends the class that `service` returns has, for TypeDoc, a base with the argument `this`: it has none.
    for (const base of declaration.extendedTypes ?? []) {
      if (base instanceof ReferenceType && base.typeArguments?.join() === "this") delete base.typeArguments;
    }
  }
}

function shownAs(declaration: DeclarationReflection, context: Context): string | undefined {
  // It has a page of its own, and a type of 200 lines.
  if (declaration.name === "SERVICES") return "{ readonly [name in ServiceName]: Service }";
  // What the matchers do, their interface says; these are for jest to call.
  if (declaration.name === "egressMatchers")
    return "{ [matcher in keyof EgressMatchers<unknown>]: CustomMatcher }";
  if (!LISTED.has(declaration.name)) return undefined;
  const symbol = context.getSymbolFromReflection(declaration);
  const type = symbol && context.programs[0]?.getTypeChecker().getDeclaredTypeOfSymbol(symbol);
  if (!type?.isUnion()) throw new Error(`${declaration.name} is no union any more: take it off the list`);
  // Sorted, as the compiler's order changes with code that has nothing to do with it.
  return type.types
    .flatMap((value) => (value.isStringLiteral() ? JSON.stringify(value.value) : []))
    .sort()
    .join(" | ");
}

/** Parts of types that are written in line, and so are described by the comment of the property around them. */
function partsOfDocumented({ ReflectionKind }: TypeDoc, project: ProjectReflection): string[] {
  const parts = project.getReflectionsByKind(ReflectionKind.Property).filter((part) => {
    const around = part.parent?.kindOf(ReflectionKind.TypeLiteral) ? part.parent.parent : undefined;
    return !part.hasComment() && around?.kindOf(ReflectionKind.Property) && around.hasComment();
  });
  return parts.map((part) => part.getFriendlyFullName());
}

function isFaulty({ logger }: Application): boolean {
  return logger.hasErrors() || logger.hasWarnings();
}

writeDocs(resolve(process.argv[2] ?? join(ROOT, "docs"))).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
