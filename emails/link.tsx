import { Button, Section, Text } from "@react-email/components";
import { Layout, paragraph } from "./layout";

export type LinkProps = {
  readonly locale: string;
  readonly preview: string;
  readonly title: string;
  readonly text: string;
  readonly button: string;
  readonly url: string;
  /** Said above the bare address, for mail programs that swallow buttons. */
  readonly orCopy: string;
  readonly footer: string;
};

/** A letter with one thing to press: a sign-in link, an invitation. */
export function Link({ text, button, url, orCopy, ...paper }: LinkProps) {
  return (
    <Layout {...paper}>
      <Text style={paragraph}>{text}</Text>
      <Section style={{ margin: "8px 0 24px" }}>
        <Button
          href={url}
          style={{
            display: "inline-block",
            padding: "14px 24px",
            borderRadius: "12px",
            backgroundColor: "#1f2328",
            color: "#ffffff",
            fontSize: "16px",
            fontWeight: 600,
            textDecoration: "none",
          }}
        >
          {button}
        </Button>
      </Section>
      <Text style={{ ...paragraph, fontSize: "13px", lineHeight: "19px", color: "#5b6068" }}>
        {orCopy}
        <br />
        <span style={{ wordBreak: "break-all" }}>{url}</span>
      </Text>
    </Layout>
  );
}
