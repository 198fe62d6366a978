"""What people write in books of help and visits: put together of parts, so that hardly two texts are alike."""

from __future__ import annotations

from random import Random

from sample_data.generate.people import Child

_MEASURES = (
    ("每周辅导语文两次", "周末陪读并检查数学作业", "每月入户看望一次", "安排同村大学生结对补课", "每天放学护送过河",
     "教其用手机与父母视频", "联系校车接送上下学", "带到儿童之家参加手工活动"),
    ("协助祖辈办理医保缴费", "帮助申请营养改善补助", "联系乡卫生院体检配镜", "送去被褥和过冬衣物", "落实寄宿生生活补助",
     "帮家里抢收玉米洋芋", "修缮漏雨的厨房", "协调安装路灯和自来水"),
    ("节假日做防溺水教育", "每半月与父亲通话反馈", "劝导少玩手机早睡觉", "发现情绪低落及时疏导", "开学前购置书包文具",
     "过生日时组织同伴庆祝", "鼓励参加校篮球队", "督促按时接种疫苗"),
)  # fmt: skip
_FOUND = (
    ("奶奶腿疼行动不便", "爷爷耳背，沟通要大声", "家中新修了卫生间", "院坝堆满柴火", "孩子正在灶前烧水",
     "孩子在堂屋写作业", "祖孙三人刚从地里回来", "外婆赶场去了，邻居陪同"),
    ("数学应用题吃力", "语文背诵进步明显", "英语单词记不住", "作业常拖到夜里", "上课爱举手发言",
     "与同桌闹过矛盾", "想买一双球鞋", "夜里怕黑不敢独睡"),
    ("约定周六到学校补课", "请村医上门量血压", "提醒不下河洗澡", "建议每周固定视频两次", "报名参加冬令营",
     "转告母亲寄换季衣服", "借给两本课外书", "与祖辈商定看电视时间"),
)  # fmt: skip


def _joined(child: Child, parts: tuple[tuple[str, ...], ...], turn: int) -> str:
    rng = Random(f"{child.name}/{child.birth}/{turn}")
    return "，".join(rng.choice(p) for p in parts)


def measure(child: Child) -> str:
    return _joined(child, _MEASURES, 0)


def found(child: Child, turn: int) -> str:
    return _joined(child, _FOUND, turn)
