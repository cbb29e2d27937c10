import { Text } from "@react-email/components";
import { Layout, paragraph } from "./layout";

export type NoticeProps = {
  readonly locale: string;
  readonly preview: string;
  readonly title: string;
  readonly text: string;
  readonly footer: string;
};

/** A letter that only tells something. */
export function Notice({ text, ...paper }: NoticeProps) {
  return (
    <Layout {...paper}>
      <Text style={paragraph}>{text}</Text>
    </Layout>
  );
}
