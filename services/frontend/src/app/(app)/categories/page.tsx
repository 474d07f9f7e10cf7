import { AddCategoryButton } from "@/components/categories/category-buttons";
import { CategoryTrees } from "@/components/categories/category-tree";
import { Payees } from "@/components/categories/payees";
import { AddTagButton } from "@/components/categories/tag-buttons";
import { TagList } from "@/components/categories/tag-list";
import { type View, VIEWS, Views } from "@/components/categories/views";
import { Loaded } from "@/components/ui/loaded";
import { PageHeader } from "@/components/ui/panel";
import { load } from "@/lib/api/server";
import type { Category, PayeePage, Tag } from "@/lib/api/schema";
import { Messages } from "@/lib/i18n/messages";
import { getI18n, titled } from "@/lib/i18n/server";

export const generateMetadata = titled("categories.title");

type Parameters = Record<"view" | "q" | "cursor", string | undefined>;

function readParameters(given: Record<string, string | string[] | undefined>): Parameters {
  const text = (name: string) => (typeof given[name] === "string" && given[name].trim() ? given[name].trim() : undefined);
  return { view: text("view"), q: text("q"), cursor: text("cursor") };
}

const loadCategories = (path: string) => load<Category[]>(path, "/categories");

export default async function CategoriesPage({ searchParams }: PageProps<"/categories">) {
  const { t } = await getI18n();
  const parameters = readParameters(await searchParams);
  const view: View = VIEWS.find((one) => one === parameters.view) ?? VIEWS[0];
  const path = view === VIEWS[0] ? "/categories" : `/categories?view=${view}`;
  return (
    <Messages of={["categories"]}>
      <PageHeader title={t("categories.title")} intro={t("categories.intro")} />
      <Views current={view} />
      {view === "categories" && (
        <Loaded load={() => loadCategories(path)}>
          {(categories) => (
            <>
              {categories.length > 0 && (
                <div>
                  <AddCategoryButton categories={categories} />
                </div>
              )}
              <CategoryTrees categories={categories} />
            </>
          )}
        </Loaded>
      )}
      {view === "tags" && (
        <Loaded load={() => load<Tag[]>(path, "/tags")}>
          {(tags) => (
            <>
              {tags.length > 0 && (
                <div>
                  <AddTagButton />
                </div>
              )}
              <TagList tags={tags} />
            </>
          )}
        </Loaded>
      )}
      {view === "payees" && (
        <Loaded load={() => Promise.all([load<PayeePage>(path, "/payees", { q: parameters.q, cursor: parameters.cursor }), loadCategories(path)])}>
          {([page, categories]) => <Payees page={page} categories={categories} q={parameters.q} />}
        </Loaded>
      )}
    </Messages>
  );
}
