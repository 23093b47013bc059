/**
 * Writes the generated parts of `docs/`: the reference from the doc comments, the catalogue's table, and the pages on
 * errors from the tests. `tsx scripts/docs.ts <folder>` writes into another folder.
 */
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Application, Context, DeclarationReflection, ProjectReflection } from "typedoc";
import { catalogueTable } from "./catalogueTable";
import { ec2ErrorsPage, errorsPage } from "./errorsPage";

// Imported at run time: the plugin loads TypeDoc as an ES module, and only one copy may exist.
type TypeDoc = typeof import("typedoc");

const ROOT = join(__dirname, "..");

/** Types that come from an internal table: the reference lists their values. */
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
  // Checked before anything is written, so that a bad comment leaves the docs unchanged.
  if (!project || isFaulty(app)) throw new Error("the doc comments need mending: see above");
  await app.generateOutputs(project);
  if (isFaulty(app)) throw new Error("the reference could not be written: see above");
  writeFileSync(join(folder, "reference", "catalogue.md"), catalogueTable());
  writeFileSync(join(folder, "reference", "errors.md"), errorsPage());
  writeFileSync(join(folder, "reference", "ec2-errors.md"), ec2ErrorsPage());
}

/** Turns compiler-oriented declarations into readable ones. */
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
    // TypeDoc gives each class that extends the result of `service` a base with the argument `this`, which does not
    // exist.
    for (const base of declaration.extendedTypes ?? []) {
      if (base instanceof ReferenceType && base.typeArguments?.join() === "this") delete base.typeArguments;
    }
  }
}

function shownAs(declaration: DeclarationReflection, context: Context): string | undefined {
  // It has its own page, and a type of 200 lines.
  if (declaration.name === "SERVICES") return "{ readonly [name in ServiceName]: Service }";
  // The interface documents the matchers; these are for jest to call.
  if (declaration.name === "egressMatchers")
    return "{ [matcher in keyof EgressMatchers<unknown>]: CustomMatcher }";
  if (!LISTED.has(declaration.name)) return undefined;
  const symbol = context.getSymbolFromReflection(declaration);
  const type = symbol && context.programs[0]?.getTypeChecker().getDeclaredTypeOfSymbol(symbol);
  if (!type?.isUnion()) throw new Error(`${declaration.name} is no union any more: take it off the list`);
  // Sorted, since unrelated code changes the compiler's order.
  return type.types
    .flatMap((value) => (value.isStringLiteral() ? JSON.stringify(value.value) : []))
    .sort()
    .join(" | ");
}

/** Inline parts of types, which the comment of their property describes. */
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
