import { Button, Section, Text } from "@react-email/components";
import { Layout } from "./layout";

export { paragraph } from "./layout";

export type MessageProps = {
  readonly locale: string;
  readonly preview: string;
  readonly title: string;
  readonly button?: { readonly label: string; readonly url: string } | undefined;
  readonly accent: string;
  readonly ink: string;
  readonly footer: string;
  readonly business: string;
  readonly unsubscribe?: { readonly label: string; readonly url: string } | undefined;
  /** Where the paragraphs go: the sender fills in many letters' worth on one paper. */
  readonly body: string;
};

const QUIET = { margin: "12px 0 0", fontSize: "13px", lineHeight: "19px", color: "#5b6068" };

/** A message of a business to one of its members: what it says, one thing to press, and the way out. */
export function Message({ title, button, accent, ink, business, unsubscribe, body, ...paper }: MessageProps) {
  return (
    <Layout {...paper} title={title} sender={business}>
      <Section>{body}</Section>
      {button && (
        <Section style={{ margin: "8px 0 24px" }}>
          <Button
            href={button.url}
            style={{
              display: "inline-block",
              padding: "14px 24px",
              borderRadius: "12px",
              backgroundColor: accent,
              color: ink,
              fontSize: "16px",
              fontWeight: 600,
              textDecoration: "none",
            }}
          >
            {button.label}
          </Button>
        </Section>
      )}
      {unsubscribe && (
        <Text style={QUIET}>
          <a href={unsubscribe.url} style={{ color: "#5b6068" }}>
            {unsubscribe.label}
          </a>
        </Text>
      )}
    </Layout>
  );
}
