import { CodeBlock } from "@/components/ui/code-block";
import { sqlOf, type PackageFile } from "./package-words";

/** The statements of each file, as they run. */
export function PackageFiles({ files }: { files: readonly PackageFile[] }) {
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {files.map((file) => (
        <CodeBlock key={file.file} title={file.file} code={sqlOf(file)} />
      ))}
    </div>
  );
}
