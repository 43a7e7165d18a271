<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>AgentLoop</name>
    <message>
        <source>Agent</source>
        <translation>에이전트</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>환경</translation>
    </message>
    <message>
        <source>Agent and environment</source>
        <translation>에이전트와 환경</translation>
    </message>
</context>
<context>
    <name>AlignRoom</name>
    <message>
        <source>Compare from here</source>
        <translation>여기서부터 비교</translation>
    </message>
    <message>
        <source>change while it moves right</source>
        <translation>오른쪽으로 옮길 때의 변화</translation>
    </message>
    <message>
        <source>Change of both readings while the box moves right</source>
        <translation>상자를 오른쪽으로 옮길 때 두 값의 변화</translation>
    </message>
    <message>
        <source>Box over the cells of the map</source>
        <translation>지도의 칸 위 상자</translation>
    </message>
    <message>
        <source>Faint lines are the map’s cells of 16 pixels. Dashed: what RoIPool rounds the box to.</source>
        <translation>옅은 선은 지도의 16픽셀 칸이에요. 점선은 RoIPool이 반올림한 상자예요.</translation>
    </message>
    <message>
        <source>changed {share} after {px:.0f} px</source>
        <translation>{px:.0f} px 옮겨 {share} 변화</translation>
    </message>
</context>
<context>
    <name>AlphaGoCard</name>
    <message>
        <source>A network in place of the table</source>
        <translation>표 대신 신경망</translation>
    </message>
    <message>
        <source>A search through the moves to come</source>
        <translation>앞으로 둘 수의 탐색</translation>
    </message>
    <message>
        <source>Self-play, as here</source>
        <translation>여기처럼 자기 대국</translation>
    </message>
    <message>
        <source>Tic-tac-toe has 5,478 positions: each has a row in this table. Go has about 2.1 × 10¹⁷⁰ (Tromp 2016), more than there are atoms in the universe: a network says what a position is worth that it never saw.</source>
        <translation>틱택토의 국면은 5,478개라 표에 하나씩 줄이 있어요. 바둑은 약 2.1 × 10¹⁷⁰개로(Tromp 2016) 우주의 원자보다 많아요. 그래서 신경망이 본 적 없는 국면의 값도 말해 줘요.</translation>
    </message>
    <message>
        <source>The table looks one move ahead. AlphaGo follows promising moves through a tree; AlphaGo Zero does so 1,600 times for each move of its own games (Silver 2017).</source>
        <translation>표는 한 수 앞만 봐요. 알파고는 유망한 수를 나무처럼 따라가요. 알파고 제로는 자기 대국의 한 수마다 1,600번 그렇게 해요(Silver 2017).</translation>
    </message>
    <message>
        <source>AlphaGo began with 160,000 games of people, then played itself (Silver 2016). AlphaGo Zero began with nothing, as this table does: 4.9 million games in three days (Silver 2017). Here some 60,000 do, in seconds.</source>
        <translation>알파고는 사람의 기보 16만 판에서 시작해 스스로 뒀어요(Silver 2016). 알파고 제로는 이 표처럼 아무것도 모르는 데서 시작해 사흘 동안 490만 판을 뒀어요(Silver 2017). 여기서는 몇 초 동안 6만 판쯤이면 돼요.</translation>
    </message>
    <message>
        <source>From here to AlphaGo</source>
        <translation>여기서 알파고까지</translation>
    </message>
</context>
<context>
    <name>AnatomyDialog</name>
    <message>
        <source>A photograph</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Backbone, neck, head</source>
        <translation>백본, 넥, 헤드</translation>
    </message>
    <message>
        <source>A network for photographs has three parts, and any can be exchanged. This is the street segmenter that came with the app; transfer keeps the backbone and learns a new head.</source>
        <translation>사진을 보는 신경망은 세 부분이고, 어느 것이나 바꿀 수 있어요. 이것은 앱에 들어 있는 거리 분할 신경망이에요. 전이 학습은 백본을 두고 헤드만 새로 배워요.</translation>
    </message>
    <message>
        <source>Backbone: EfficientNet-Lite0</source>
        <translation>백본: EfficientNet-Lite0</translation>
    </message>
    <message>
        <source>Neck: feature pyramid</source>
        <translation>넥: 특징 피라미드</translation>
    </message>
    <message>
        <source>Head: 1×1 convolution</source>
        <translation>헤드: 1×1 합성곱</translation>
    </message>
    <message>
        <source>Picture to maps: C5 is coarse, C2 fine.</source>
        <translation>그림을 맵으로 바꿔요. C5는 거칠고 C2는 고와요.</translation>
    </message>
    <message>
        <source>Coarse maps are enlarged and added to finer ones.</source>
        <translation>거친 맵을 키워서 고운 맵에 더해요.</translation>
    </message>
    <message>
        <source>Every place gets a class. Another head would draw boxes or name the whole.</source>
        <translation>자리마다 클래스를 정해요. 다른 헤드는 상자를 그리거나 전체의 이름을 대요.</translation>
    </message>
    <message>
        <source>{n:,} parameters</source>
        <translation>파라미터 {n:,}개</translation>
    </message>
    <message>
        <source>Your own photograph</source>
        <translation>내 사진</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>그림</translation>
    </message>
    <message>
        <source>The head’s answer</source>
        <translation>헤드의 답</translation>
    </message>
    <message>
        <source>Backbones on this machine, one core</source>
        <translation>이 컴퓨터의 코어 하나로 잰 백본</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>보는 중…</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>재는 중…</translation>
    </message>
    <message>
        <source>Backbone</source>
        <translation>백본</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>파라미터</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>One picture</source>
        <translation>그림 한 장</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>here</source>
        <translation>있음</translation>
    </message>
    <message>
        <source>not here: get them in the list of models</source>
        <translation>없음: 모델 목록에서 받으세요</translation>
    </message>
</context>
<context>
    <name>AnnotateBar</name>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>되돌리기 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Redo (Ctrl+Shift+Z)</source>
        <translation>다시 하기 (Ctrl+Shift+Z)</translation>
    </message>
    <message>
        <source>Show the whole picture (0)</source>
        <translation>사진 전체 보기 (0)</translation>
    </message>
    <message>
        <source>Picture before (Shift+N, PageUp)</source>
        <translation>이전 사진 (Shift+N, PageUp)</translation>
    </message>
    <message>
        <source>Next picture (N, PageDown)</source>
        <translation>다음 사진 (N, PageDown)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Save what is marked (Ctrl+S)</source>
        <translation>표시한 것 저장 (Ctrl+S)</translation>
    </message>
    <message>
        <source>Save to another place</source>
        <translation>다른 곳에 저장</translation>
    </message>
    <message>
        <source>Thinner brush ([)</source>
        <translation>붓 가늘게 ([)</translation>
    </message>
    <message>
        <source>Thicker brush (])</source>
        <translation>붓 굵게 (])</translation>
    </message>
    <message>
        <source>{n} px</source>
        <translation>{n}픽셀</translation>
    </message>
</context>
<context>
    <name>AnnotateFoot</name>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>Progress of saving</source>
        <translation>저장 진행</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>쓰는 중</translation>
    </message>
    <message>
        <source>1 change</source>
        <translation>변경 1개</translation>
    </message>
    <message>
        <source>{n:,} changes</source>
        <translation>변경 {n:,}개</translation>
    </message>
    <message>
        <source>Kept every second or two, even if the program is ended. Save writes the set.</source>
        <translation>1–2초마다 보관돼서 프로그램이 꺼져도 남아요. 저장하면 데이터셋에 써요.</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>저장됨</translation>
    </message>
    <message>
        <source>nothing changed</source>
        <translation>변경 없음</translation>
    </message>
    <message>
        <source>Too small to keep. Draw it larger.</source>
        <translation>너무 작아서 남기지 않았어요. 더 크게 그려 보세요.</translation>
    </message>
    <message>
        <source>Choose or add a class first.</source>
        <translation>먼저 클래스를 고르거나 추가해 주세요.</translation>
    </message>
    <message>
        <source>The mask of this picture has another size than the picture, so it is left alone.</source>
        <translation>이 사진의 마스크가 사진과 크기가 달라서 그대로 뒀어요.</translation>
    </message>
    <message>
        <source>Drag to move, take a handle to resize, Delete removes.</source>
        <translation>끌어서 옮기고, 손잡이로 크기를 바꾸고, Delete로 지워요.</translation>
    </message>
    <message>
        <source>Drag from corner to corner.</source>
        <translation>모서리에서 모서리로 끌어 보세요.</translation>
    </message>
    <message>
        <source>Click point by point; Enter closes, Backspace takes one back.</source>
        <translation>점을 차례로 찍어요. Enter로 닫고 Backspace로 한 점 물러요.</translation>
    </message>
    <message>
        <source>Paint with the chosen class; [ and ] change the width.</source>
        <translation>고른 클래스로 칠해요. [ 와 ] 로 굵기를 바꿔요.</translation>
    </message>
    <message>
        <source>Paint away; [ and ] change the width.</source>
        <translation>칠한 것을 지워요. [ 와 ] 로 굵기를 바꿔요.</translation>
    </message>
</context>
<context>
    <name>AnnotateView</name>
    <message>
        <source>Annotate</source>
        <translation>주석</translation>
    </message>
    <message>
        <source>Picture to annotate</source>
        <translation>주석을 달 사진</translation>
    </message>
    <message>
        <source>Arrows move the cross or the chosen object, Enter is the button of the cross.</source>
        <translation>화살표로 십자선이나 고른 물체를 옮기고, Enter가 십자선의 단추예요.</translation>
    </message>
    <message>
        <source>Take them up</source>
        <translation>이어서 하기</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>No photographs to annotate</source>
        <translation>주석을 달 사진이 없어요</translation>
    </message>
    <message>
        <source>Open a folder of photographs, then mark boxes and regions in them here.</source>
        <translation>사진 폴더를 열면 여기에서 상자와 영역을 표시할 수 있어요.</translation>
    </message>
    <message>
        <source>This picture could not be opened</source>
        <translation>이 사진을 열지 못했어요</translation>
    </message>
    <message>
        <source>Work from {when} was never saved. Changes: {n:,}, pictures: {pictures:,}.</source>
        <translation>{when}에 한 작업이 저장되지 않았어요. 변경 {n:,}개, 사진 {pictures:,}장.</translation>
    </message>
</context>
<context>
    <name>Answering</name>
    <message>
        <source>The bundled network says</source>
        <translation>내장 신경망의 답</translation>
    </message>
    <message>
        <source>bundled</source>
        <translation>내장</translation>
    </message>
    <message>
        <source>The network you trained says</source>
        <translation>학습을 마친 신경망의 답</translation>
    </message>
    <message>
        <source>The network being trained says</source>
        <translation>지금 학습 중인 신경망의 답</translation>
    </message>
    <message>
        <source>step {n:,}</source>
        <translation>스텝 {n:,}</translation>
    </message>
</context>
<context>
    <name>AskingDialog</name>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>AugmentPreview</name>
    <message>
        <source>Augment: what training sees</source>
        <translation>증강: 학습할 때 보는 모습</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>다시</translation>
    </message>
    <message>
        <source>Ten augmented versions of the chosen picture</source>
        <translation>고른 그림을 증강한 열 가지</translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation>회전</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>이동</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>세기</translation>
    </message>
</context>
<context>
    <name>Batches</name>
    <message>
        <source>Number under a picture: D, 1 = real. A layer’s line: maps × height × width.</source>
        <translation>그림 아래 수: D, 1이면 진짜. 층의 줄: 맵 수 × 높이 × 너비.</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>배치</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>층</translation>
    </message>
    <message>
        <source>Real x</source>
        <translation>진짜 x</translation>
    </message>
    <message>
        <source>Made G(z)</source>
        <translation>만든 G(z)</translation>
    </message>
    <message>
        <source>Where D wants it lighter or darker</source>
        <translation>D가 밝거나 어둡길 바라는 곳</translation>
    </message>
    <message>
        <source>G grows: fractional strides</source>
        <translation>G는 커져요: 분수 스트라이드</translation>
    </message>
    <message>
        <source>D shrinks: strides</source>
        <translation>D는 줄어요: 스트라이드</translation>
    </message>
    <message>
        <source>Press 1 above, or Play below</source>
        <translation>위의 1이나 아래 재생을 눌러 보세요</translation>
    </message>
    <message>
        <source>Then real pictures, fakes and the layers they go through are here.</source>
        <translation>그러면 진짜 그림과 가짜 그림, 그림이 지나는 층이 여기에 나와요.</translation>
    </message>
</context>
<context>
    <name>Bellman</name>
    <message>
        <source>target {target}, error {error}</source>
        <translation>목표 {target}, 오차 {error}</translation>
    </message>
</context>
<context>
    <name>BenchRoom</name>
    <message>
        <source>object {n}</source>
        <translation>물체 {n}</translation>
    </message>
    <message>
        <source>TP {tp} · FP {fp} · FN {fn}</source>
        <translation>TP {tp} · FP {fp} · FN {fn}</translation>
    </message>
    <message>
        <source>precision {tp} / {tpfp} = {p}
recall {tp} / {tpfn} = {r}</source>
        <translation>정밀도 {tp} / {tpfp} = {p}
재현율 {tp} / {tpfn} = {r}</translation>
    </message>
    <message>
        <source>AP at IoU {iou:.2f}: {ap}
AP@[.5:.95]: {mean}</source>
        <translation>IoU {iou:.2f}에서 AP: {ap}
AP@[.5:.95]: {mean}</translation>
    </message>
    <message>
        <source>not counted</source>
        <translation>세지 않음</translation>
    </message>
    <message>
        <source>Choose a mint box</source>
        <translation>민트색 상자 선택</translation>
    </message>
    <message>
        <source>Sand boxes are the truth, mint boxes were found. Drag any of them.</source>
        <translation>모래색은 실제 물체, 민트색은 찾은 상자예요. 아무 상자나 끌어 보세요.</translation>
    </message>
    <message>
        <source>Found box {n}</source>
        <translation>찾은 상자 {n}</translation>
    </message>
    <message>
        <source>It touches no object: every share is 0.</source>
        <translation>닿은 물체가 없어서 모두 0이에요.</translation>
    </message>
    <message>
        <source>Against object {n}, in pixels²:</source>
        <translation>물체 {n}, 견준 값(픽셀²):</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>recall</source>
        <translation>재현율</translation>
    </message>
    <message>
        <source>Score of this box</source>
        <translation>이 상자의 점수</translation>
    </message>
    <message>
        <source>IoU that counts as found</source>
        <translation>찾은 것으로 볼 IoU</translation>
    </message>
    <message>
        <source>Least score</source>
        <translation>최소 점수</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>물체</translation>
    </message>
    <message>
        <source>One more true box</source>
        <translation>실제 상자 하나 더</translation>
    </message>
    <message>
        <source>Found box</source>
        <translation>찾은 상자</translation>
    </message>
    <message>
        <source>One more found box</source>
        <translation>찾은 상자 하나 더</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>빼기</translation>
    </message>
    <message>
        <source>True and found boxes</source>
        <translation>실제 상자와 찾은 상자</translation>
    </message>
    <message>
        <source>Precision against recall</source>
        <translation>재현율에 대한 정밀도</translation>
    </message>
</context>
<context>
    <name>BenchmarkPage</name>
    <message>
        <source>Benchmark</source>
        <translation>벤치마크</translation>
    </message>
</context>
<context>
    <name>BenchmarkSetup</name>
    <message>
        <source>Measure</source>
        <translation>측정</translation>
    </message>
    <message>
        <source>How</source>
        <translation>방법</translation>
    </message>
    <message>
        <source>Measure everything</source>
        <translation>모두 측정</translation>
    </message>
    <message>
        <source>All {n}, one after the other; Export then writes them into one report</source>
        <translation>{n}가지를 차례로 재요. 그다음 ‘내보내기’로 한 보고서에 담을 수 있어요</translation>
    </message>
</context>
<context>
    <name>BenchmarkSide</name>
    <message>
        <source>cores</source>
        <translation>코어</translation>
    </message>
    <message>
        <source>core</source>
        <translation>코어</translation>
    </message>
    <message>
        <source>{n:.0f} free</source>
        <translation>{n:.0f} 남음</translation>
    </message>
    <message>
        <source>slide said</source>
        <translation>강의 값</translation>
    </message>
    <message>
        <source>estimate</source>
        <translation>추정</translation>
    </message>
    <message>
        <source>not run yet</source>
        <translation>아직 안 함</translation>
    </message>
    <message>
        <source>Each figure is the middle of its calmest turns; whiskers show all but those far off.</source>
        <translation>값은 가장 조용한 회의 가운데이고, 수염은 멀리 떨어진 것을 뺀 모든 회를 보여 줘요.</translation>
    </message>
    <message>
        <source>{n} turns after {w} to warm up, taken in turn</source>
        <translation>준비 {w}회 뒤 {n}회, 번갈아 측정</translation>
    </message>
    <message>
        <source>Widest spread ±{p:.0%}</source>
        <translation>가장 넓은 흩어짐 ±{p:.0%}</translation>
    </message>
    <message>
        <source>{k} of {n} readings far from the others</source>
        <translation>값 {n}개 중 {k}개가 멀리 떨어짐</translation>
    </message>
    <message>
        <source>Figures from the calmest turns, the slowest {x:.2f}× the fastest</source>
        <translation>가장 조용했던 회차의 값. 그중 가장 느린 것이 가장 빠른 것의 {x:.2f}배</translation>
    </message>
    <message>
        <source>Other programs used {p:.0%} of the processor</source>
        <translation>다른 프로그램이 프로세서의 {p:.0%} 사용</translation>
    </message>
    <message>
        <source>Waited {s:.0f} s for calm moments</source>
        <translation>조용한 순간을 {s:.0f}초 기다림</translation>
    </message>
    <message>
        <source>No calm moment for {k} of {n} figures: measure again</source>
        <translation>값 {n}개 중 {k}개는 조용한 순간이 없었음. 다시 재 보세요</translation>
    </message>
    <message>
        <source>{n} threads, {s:.0f} s</source>
        <translation>스레드 {n}개, {s:.0f}초</translation>
    </message>
    <message>
        <source>Readings: {n}</source>
        <translation>측정 횟수: {n}</translation>
    </message>
    <message>
        <source>Load of the machine when it ended: {x:.1f}</source>
        <translation>끝났을 때의 컴퓨터 부하: {x:.1f}</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>이 컴퓨터</translation>
    </message>
    <message>
        <source>Slide said / here</source>
        <translation>강의 값 / 여기</translation>
    </message>
    <message>
        <source>Trust</source>
        <translation>믿을 만한 정도</translation>
    </message>
    <message>
        <source>Kept results</source>
        <translation>저장한 결과</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>프로세서</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>busy</source>
        <translation>바쁨</translation>
    </message>
    <message>
        <source>Other programs ran meanwhile; measure again when they have ended.</source>
        <translation>다른 프로그램이 함께 돌았어요. 끝난 뒤에 다시 재 보세요.</translation>
    </message>
    <message>
        <source>Delete this result</source>
        <translation>이 결과 삭제</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>What is on the stage as a part of this kept result (C)</source>
        <translation>화면의 결과를 이 저장한 결과와 견주기 (C)</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>시간에 따라</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>가져오기…</translation>
    </message>
    <message>
        <source>A result from another machine</source>
        <translation>다른 컴퓨터의 결과</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>This result as JSON, as a report to read, or as a trace (Ctrl+S)</source>
        <translation>이 결과를 JSON으로, 읽는 보고서로, 또는 trace로 (Ctrl+S)</translation>
    </message>
    <message>
        <source>Nothing kept yet. Every measurement is kept here by itself.</source>
        <translation>아직 저장한 것이 없어요. 측정하면 저절로 여기에 남아요.</translation>
    </message>
</context>
<context>
    <name>BenchmarkStage</name>
    <message>
        <source>Table: {name}</source>
        <translation>표: {name}</translation>
    </message>
    <message>
        <source>{n:,} rows</source>
        <translation>{n:,}행</translation>
    </message>
    <message>
        <source>estimate</source>
        <translation>추정</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>측정</translation>
    </message>
    <message>
        <source>{unit} over {across}</source>
        <translation>{unit}, 가로축은 {across}</translation>
    </message>
    <message>
        <source>Could not be measured</source>
        <translation>측정하지 못했어요</translation>
    </message>
    <message>
        <source>{what}. Press Measure; the result stays in the history.</source>
        <translation>{what}. ‘측정’을 누르세요. 결과는 기록에 남아요.</translation>
    </message>
    <message>
        <source>Not measured yet</source>
        <translation>아직 재지 않음</translation>
    </message>
    <message>
        <source>Chart or table</source>
        <translation>차트나 표</translation>
    </message>
</context>
<context>
    <name>BenchmarkView</name>
    <message>
        <source>Measuring {name}</source>
        <translation>{name} 측정 중</translation>
    </message>
    <message>
        <source>Measuring everything</source>
        <translation>모두 측정 중</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>{name} measured; kept in the history</source>
        <translation>{name} 측정 완료. 기록에 남겼어요</translation>
    </message>
    <message>
        <source>{name} stopped; nothing was kept</source>
        <translation>{name} 정지. 남긴 것은 없어요</translation>
    </message>
    <message>
        <source>{name} could not be measured</source>
        <translation>{name}: 측정하지 못했어요</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>측정</translation>
    </message>
    <message>
        <source>{name}: about {s} s</source>
        <translation>{name}: 약 {s}초</translation>
    </message>
    <message>
        <source>Import a result</source>
        <translation>결과 가져오기</translation>
    </message>
    <message>
        <source>Results (*.json)</source>
        <translation>결과 (*.json)</translation>
    </message>
    <message>
        <source>Result (*.json);;Report to read (*.html);;Chrome trace (*.trace.json)</source>
        <translation>결과 (*.json);;읽는 보고서 (*.html);;Chrome trace (*.trace.json)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
</context>
<context>
    <name>BlocksPane</name>
    <message>
        <source>Build a network as VGG is built: 3×3 convolutions in a row, then a pool that halves the picture. Say how many stand in each block; 0 ends the front half.</source>
        <translation>VGG처럼 신경망을 쌓아 보세요. 3×3 합성곱을 이어 놓고 풀링으로 그림을 반으로 줄여요. 블록마다 몇 개를 둘지 정하세요. 0이면 거기서 앞쪽 절반이 끝나요.</translation>
    </message>
    <message>
        <source>Block {n}</source>
        <translation>블록 {n}</translation>
    </message>
    <message>
        <source>Convolutions in block {n}</source>
        <translation>블록 {n}의 합성곱 수</translation>
    </message>
    <message>
        <source>Layers of the network</source>
        <translation>신경망의 층</translation>
    </message>
    <message>
        <source>extracts features</source>
        <translation>특징 추출</translation>
    </message>
    <message>
        <source>classifies</source>
        <translation>분류</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>파라미터</translation>
    </message>
    <message>
        <source>Multiplications</source>
        <translation>곱셈</translation>
    </message>
    <message>
        <source>Sees</source>
        <translation>보는 범위</translation>
    </message>
    <message>
        <source>Train this network</source>
        <translation>이 신경망 학습하기</translation>
    </message>
    <message>
        <source>{channels} channels, {before} → {after}</source>
        <translation>채널 {channels}개, {before} → {after}</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>픽셀</translation>
    </message>
    <message>
        <source>by one value of the last map</source>
        <translation>마지막 맵의 값 하나가</translation>
    </message>
    <message>
        <source>{n} × 3² = {few} weights see as far as {wide}² = {many}.</source>
        <translation>3×3 {n}개는 가중치 {few}개로 {wide}×{wide} 하나({many}개)만큼 넓게 봐요.</translation>
    </message>
    <message>
        <source>One convolution in a block sees 3×3; a second one would see 5×5.</source>
        <translation>블록에 합성곱이 하나면 3×3을 봐요. 하나 더 두면 5×5를 봐요.</translation>
    </message>
    <message>
        <source>So begins {name}.</source>
        <translation>{name} 앞부분이 이렇게 생겼어요.</translation>
    </message>
</context>
<context>
    <name>BoardStage</name>
    <message>
        <source>A draw: against perfect play the best there is.</source>
        <translation>비겼어요. 완벽한 상대에게는 이게 최선이에요.</translation>
    </message>
    <message>
        <source>You won: let it learn on.</source>
        <translation>이겼어요. 더 배우게 해 보세요.</translation>
    </message>
    <message>
        <source>It won: three in a row.</source>
        <translation>졌어요. 상대가 세 칸을 이었어요.</translation>
    </message>
    <message>
        <source>Your turn: click a cell, or press its number.</source>
        <translation>당신 차례예요. 칸을 누르거나 번호 키를 누르세요.</translation>
    </message>
    <message>
        <source>It took {cell}, worth {q} to it. Your turn.</source>
        <translation>상대가 {cell}번에 뒀어요. 상대가 본 값은 {q}. 당신 차례예요.</translation>
    </message>
    <message>
        <source>You: {won} won · {drawn} drawn · {lost} lost</source>
        <translation>당신: {won}승 · {drawn}무 · {lost}패</translation>
    </message>
    <message>
        <source>it knows nothing yet</source>
        <translation>아직 아무것도 몰라요</translation>
    </message>
    <message>
        <source>loses {share} to perfect play</source>
        <translation>완벽한 상대에게 {share} 져요</translation>
    </message>
    <message>
        <source>cannot be beaten</source>
        <translation>아무도 못 이겨요</translation>
    </message>
    <message>
        <source>never loses to perfect play</source>
        <translation>완벽한 상대에게 지지 않아요</translation>
    </message>
    <message>
        <source>You first (X)</source>
        <translation>내가 먼저 (X)</translation>
    </message>
    <message>
        <source>It first (X)</source>
        <translation>상대가 먼저 (X)</translation>
    </message>
    <message>
        <source>Who goes first</source>
        <translation>누가 먼저 둘까요</translation>
    </message>
    <message>
        <source>No Q</source>
        <translation>Q 숨기기</translation>
    </message>
    <message>
        <source>Q of its moves</source>
        <translation>상대 수의 Q</translation>
    </message>
    <message>
        <source>Q of yours</source>
        <translation>내 수의 Q</translation>
    </message>
    <message>
        <source>Whose Q stands in the cells</source>
        <translation>칸에 보일 Q</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>곡선</translation>
    </message>
    <message>
        <source>AlphaGo</source>
        <translation>알파고</translation>
    </message>
    <message>
        <source>What stands beside the board</source>
        <translation>판 옆에 보일 것</translation>
    </message>
    <message>
        <source>New game</source>
        <translation>새 판</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>무르기</translation>
    </message>
    <message>
        <source>Forget all</source>
        <translation>모두 잊기</translation>
    </message>
    <message>
        <source>Empties the table; learning begins with nothing.</source>
        <translation>표를 비워요. 아무것도 모르는 데서 다시 배워요.</translation>
    </message>
    <message>
        <source>Your game</source>
        <translation>당신과 두는 판</translation>
    </message>
    <message>
        <source>Its game against itself</source>
        <translation>혼자 두는 판</translation>
    </message>
    <message>
        <source>Dashed: the best. Keys 1 to 9 row by row; on the number pad, where the key lies.</source>
        <translation>점선: 가장 좋은 수. 1~9 키는 윗줄부터 차례로, 숫자 패드는 키의 자리대로예요.</translation>
    </message>
    <message>
        <source>Here it plays itself; at 1 step a second you can follow. Above, every possible game is counted.</source>
        <translation>여기서는 혼자 둬요. 초당 1스텝이면 따라 볼 수 있어요. 위 비율은 가능한 모든 판을 센 값이에요.</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>패</translation>
    </message>
    <message>
        <source>drawn</source>
        <translation>무</translation>
    </message>
    <message>
        <source>won</source>
        <translation>승</translation>
    </message>
    <message>
        <source>Perfect play</source>
        <translation>완벽한 상대</translation>
    </message>
    <message>
        <source>Chance</source>
        <translation>무작위 상대</translation>
    </message>
</context>
<context>
    <name>BranchDialog</name>
    <message>
        <source>Branch</source>
        <translation>가지 치기</translation>
    </message>
    <message>
        <source>Go on from step {n:,} with other settings</source>
        <translation>{n:,}스텝부터 다른 설정으로 이어 하기</translation>
    </message>
    <message>
        <source>The run so far stays as it is. Seed, held-out pictures and the network’s layers are the same.</source>
        <translation>지금까지의 실행은 그대로 남아요. 시드, 따로 둔 그림, 신경망의 층은 같아요.</translation>
    </message>
    <message>
        <source>Start the branch</source>
        <translation>가지 시작</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>BrowseDialog</name>
    <message>
        <source>{right} right (TP), {wrong} wrong (FP), {missed} missed (FN)</source>
        <translation>맞음 {right}(TP), 틀림 {wrong}(FP), 놓침 {missed}(FN)</translation>
    </message>
    <message>
        <source>No photograph of this kind.</source>
        <translation>이런 사진은 없어요.</translation>
    </message>
    <message>
        <source>All validation photographs</source>
        <translation>모든 검증 사진</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>신경망</translation>
    </message>
    <message>
        <source>Truth</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>오류</translation>
    </message>
    <message>
        <source>What is drawn on the photographs</source>
        <translation>사진 위에 그릴 것</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>With wrong</source>
        <translation>틀린 상자 있음</translation>
    </message>
    <message>
        <source>With missed</source>
        <translation>놓친 물체 있음</translation>
    </message>
    <message>
        <source>All right</source>
        <translation>모두 맞음</translation>
    </message>
    <message>
        <source>Which photographs</source>
        <translation>보일 사진</translation>
    </message>
    <message>
        <source>Validation photographs, worst first</source>
        <translation>검증 사진, 나쁜 것부터</translation>
    </message>
    <message>
        <source>The best weights of this run look at every photograph of the last part.</source>
        <translation>이 실행의 가장 좋은 가중치로 마지막 부분의 모든 사진을 보고 있어요.</translation>
    </message>
    <message>
        <source>{n:,} photographs ({split}), worst first: {right:,} TP, {wrong:,} FP, {missed:,} FN.</source>
        <translation>사진 {n:,}장({split}), 나쁜 것부터: TP {right:,}, FP {wrong:,}, FN {missed:,}.</translation>
    </message>
    <message>
        <source>{n:,} photographs ({split}), worst first by {name}.</source>
        <translation>사진 {n:,}장({split}), {name} 값이 나쁜 것부터.</translation>
    </message>
</context>
<context>
    <name>CaptionBatch</name>
    <message>
        <source>{done} of {total} photos</source>
        <translation>사진 {total}장 중 {done}장</translation>
    </message>
    <message>
        <source>{n} photos told</source>
        <translation>사진 {n}장을 말했어요</translation>
    </message>
    <message>
        <source>{n} photos told, {bad} files could not be read</source>
        <translation>사진 {n}장을 말했어요. 파일 {bad}개는 읽지 못했어요</translation>
    </message>
    <message>
        <source>Tables and sheets ({kinds})</source>
        <translation>표와 한 장 모음 ({kinds})</translation>
    </message>
    <message>
        <source>Save the sentences</source>
        <translation>문장 저장</translation>
    </message>
</context>
<context>
    <name>CaptionLearn</name>
    <message>
        <source>begin anew</source>
        <translation>새로 시작</translation>
    </message>
    <message>
        <source>go on from epoch {done:.1f}</source>
        <translation>{done:.1f}에폭부터 이어 하기</translation>
    </message>
    <message>
        <source>epoch {done:.1f} of {total:g}</source>
        <translation>에폭 {total:g} 중 {done:.1f}</translation>
    </message>
    <message>
        <source>about {s:.0f} s left</source>
        <translation>약 {s:.0f}초 남음</translation>
    </message>
    <message>
        <source>Loss of a character, in nats</source>
        <translation>글자 하나의 손실 (nat)</translation>
    </message>
    <message>
        <source>Loss of a word, in nats</source>
        <translation>낱말 하나의 손실 (nat)</translation>
    </message>
    <message>
        <source>Likelihood on held-out text</source>
        <translation>따로 둔 글의 가능도</translation>
    </message>
    <message>
        <source>CIDEr-D on held-out photos</source>
        <translation>따로 둔 사진의 CIDEr-D</translation>
    </message>
    <message>
        <source>Learns from the tales that came with the app.</source>
        <translation>앱에 들어 있는 옛이야기에서 배워요.</translation>
    </message>
    <message>
        <source>Learns from Flickr8k in your folder of data sets, and from COCO’s sentences if they are there.</source>
        <translation>데이터 폴더의 Flickr8k에서 배우고, COCO 문장이 있으면 함께 배워요.</translation>
    </message>
    <message>
        <source>{name} goes on with the settings and the data it began with.</source>
        <translation>{name}: 처음 시작할 때의 설정과 데이터로 이어 배워요.</translation>
    </message>
    <message>
        <source>Nothing yet. Press Start.</source>
        <translation>아직 없어요. 시작을 눌러 보세요.</translation>
    </message>
    <message>
        <source>The figures of the best check stand here.</source>
        <translation>가장 좋은 검증의 수치가 여기에 나와요.</translation>
    </message>
    <message>
        <source>Start learning</source>
        <translation>학습 시작</translation>
    </message>
    <message>
        <source>a few minutes on one core</source>
        <translation>코어 하나로 몇 분</translation>
    </message>
    <message>
        <source>It has learnt</source>
        <translation>다 배웠어요</translation>
    </message>
    <message>
        <source>Stopped; it can go on later</source>
        <translation>정지함. 나중에 이어 할 수 있어요</translation>
    </message>
    <message>
        <source>It could not learn</source>
        <translation>배우지 못했어요</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>레시피</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Best check so far</source>
        <translation>가장 좋은 검증</translation>
    </message>
    <message>
        <source>Begin anew or go on</source>
        <translation>새로 시작 또는 이어 하기</translation>
    </message>
    <message>
        <source>What it says of a held-out photo or start</source>
        <translation>따로 둔 사진이나 첫 글자에 대해 하는 말</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>써 보기</translation>
    </message>
    <message>
        <source>Use these weights in the room Photo or Text</source>
        <translation>이 가중치를 사진 방이나 글 방에서 쓰기</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>학습 중</translation>
    </message>
</context>
<context>
    <name>CaptionPage</name>
    <message>
        <source>Caption</source>
        <translation>캡션</translation>
    </message>
</context>
<context>
    <name>CaptionPhotoRoom</name>
    <message>
        <source>There is no picture in the clipboard. Copy one first.</source>
        <translation>클립보드에 그림이 없어요. 먼저 그림을 복사해 보세요.</translation>
    </message>
    <message>
        <source>Choose another network, or train this one in the room Learn.</source>
        <translation>다른 신경망을 고르거나, 학습 방에서 이 신경망을 학습해 보세요.</translation>
    </message>
    <message>
        <source>No captioner came with this copy. Train one in the room Learn; the room Text works without.</source>
        <translation>이 앱에는 캡션 신경망이 들어 있지 않아요. ‘학습’에서 직접 학습해 보세요. ‘글’은 그대로 쓸 수 있어요.</translation>
    </message>
</context>
<context>
    <name>CaptionRooms</name>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>글</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>A network sees a photo and tells it, one word after the other.</source>
        <translation>신경망이 사진을 보고 낱말을 하나씩 이어 말해요.</translation>
    </message>
    <message>
        <source>A network reads what you begin and says which character comes next.</source>
        <translation>신경망이 쓰기 시작한 글을 읽고 다음에 올 글자를 말해요.</translation>
    </message>
    <message>
        <source>Train these networks yourself, in minutes.</source>
        <translation>이 신경망들을 몇 분 만에 직접 학습해 보세요.</translation>
    </message>
</context>
<context>
    <name>CaptionSetup</name>
    <message>
        <source>Always the likeliest word.</source>
        <translation>늘 가장 그럴듯한 낱말을 골라요.</translation>
    </message>
    <message>
        <source>Several beginnings at once; the likeliest sentence wins.</source>
        <translation>여러 첫머리를 함께 이어 가요. 가장 그럴듯한 문장이 이겨요.</translation>
    </message>
    <message>
        <source>Words are drawn by their probability.</source>
        <translation>확률에 따라 낱말을 뽑아요.</translation>
    </message>
    <message>
        <source>Pictures ({kinds})</source>
        <translation>그림 ({kinds})</translation>
    </message>
    <message>
        <source>Open a photo</source>
        <translation>사진 열기</translation>
    </message>
    <message>
        <source>Tell every photo of a folder</source>
        <translation>폴더의 모든 사진을 말하기</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>신경망</translation>
    </message>
    <message>
        <source>How it chooses words</source>
        <translation>낱말을 고르는 법</translation>
    </message>
    <message>
        <source>Photos to begin with</source>
        <translation>처음 써 볼 사진</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>열기…</translation>
    </message>
    <message>
        <source>Open a photo, or drop one on the stage</source>
        <translation>사진을 열거나 가운데에 놓으세요</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>폴더…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>붙여넣기</translation>
    </message>
    <message>
        <source>Tell the picture in the clipboard (Ctrl+V)</source>
        <translation>클립보드의 그림을 말하기 (Ctrl+V)</translation>
    </message>
    <message>
        <source>Tell what the camera sees now</source>
        <translation>지금 카메라에 보이는 것을 말하기</translation>
    </message>
    <message>
        <source>Greedy</source>
        <translation>탐욕</translation>
    </message>
    <message>
        <source>Beam</source>
        <translation>빔</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>표집</translation>
    </message>
    <message>
        <source>Beams</source>
        <translation>빔 수</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>온도</translation>
    </message>
    <message>
        <source>Hints of words seen</source>
        <translation>본 낱말 힌트</translation>
    </message>
    <message>
        <source>A second network hints at words the photo should bring; 0 = the LSTM alone.</source>
        <translation>두 번째 신경망이 사진에 어울리는 낱말을 귀띔해요. 0이면 LSTM만 써요.</translation>
    </message>
    <message>
        <source>Draw again</source>
        <translation>다시 뽑기</translation>
    </message>
</context>
<context>
    <name>CaptionSide</name>
    <message>
        <source>What could come next</source>
        <translation>다음에 올 수 있는 낱말</translation>
    </message>
    <message>
        <source>After “{word}” comes</source>
        <translation>‘{word}’ 다음</translation>
    </message>
    <message>
        <source>The first word</source>
        <translation>첫 낱말</translation>
    </message>
    <message>
        <source>(end)</source>
        <translation>(끝)</translation>
    </message>
    <message>
        <source>{name}: BLEU-4 {bleu4:.3f} (a borrowed sentence {nearest_bleu4:.3f}), CIDEr-D {cider_d:.2f}, {distinct:.0%} of {count} sentences differ.</source>
        <translation>{name}: BLEU-4 {bleu4:.3f} (빌린 문장 {nearest_bleu4:.3f}), CIDEr-D {cider_d:.2f}, 문장 {count}개 중 {distinct:.0%}가 서로 달라요.</translation>
    </message>
    <message>
        <source>No network ships with this copy yet.</source>
        <translation>이 앱에는 아직 신경망이 들어 있지 않아요.</translation>
    </message>
    <message>
        <source>Measured once on photos that no network here was taught. Borrowed: of the most alike photo.</source>
        <translation>어느 신경망도 배우지 않은 사진에서 한 번 쟀어요. 빌린 문장은 가장 닮은 사진의 것이에요.</translation>
    </message>
    <message>
        <source>Click a word of the sentence, then take another one here. The network goes on.</source>
        <translation>문장의 낱말을 누르고 여기서 다른 낱말을 골라 보세요. 신경망이 뒤를 이어요.</translation>
    </message>
    <message>
        <source>A word of your own</source>
        <translation>직접 쓸 낱말</translation>
    </message>
    <message>
        <source>Put it there</source>
        <translation>넣기</translation>
    </message>
    <message>
        <source>The ten likeliest words</source>
        <translation>가장 그럴듯한 낱말 열 개</translation>
    </message>
    <message>
        <source>How good it is</source>
        <translation>얼마나 잘하나</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>측정</translation>
    </message>
</context>
<context>
    <name>CaptionStage</name>
    <message>
        <source>(end)</source>
        <translation>(끝)</translation>
    </message>
    <message>
        <source>What a computer would say</source>
        <translation>컴퓨터가 하는 말</translation>
    </message>
    <message>
        <source>{n} photos told</source>
        <translation>사진 {n}장을 말했어요</translation>
    </message>
    <message>
        <source>{ms:.0f} ms</source>
        <translation>{ms:.0f}밀리초</translation>
    </message>
    <message>
        <source>Drop a photo here, or choose one at the left.</source>
        <translation>사진을 여기에 놓거나 왼쪽에서 골라 보세요.</translation>
    </message>
    <message>
        <source>The sentence; arrows choose a word</source>
        <translation>문장. 화살표로 낱말을 골라요</translation>
    </message>
    <message>
        <source>The photo; bright where the network looked</source>
        <translation>사진. 신경망이 본 곳이 밝아요</translation>
    </message>
    <message>
        <source>gloss, not the network</source>
        <translation>뜻풀이 (신경망의 말이 아님)</translation>
    </message>
    <message>
        <source>Put together from our glossary, word by word.</source>
        <translation>우리가 만든 낱말 풀이를 이어 붙였어요.</translation>
    </message>
    <message>
        <source>The beams: what was kept at each word</source>
        <translation>빔: 낱말마다 남긴 후보</translation>
    </message>
    <message>
        <source>Tree of the beams</source>
        <translation>빔 나무</translation>
    </message>
    <message>
        <source>Photos with their sentences</source>
        <translation>문장이 붙은 사진들</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>One photo</source>
        <translation>사진 한 장</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>모든 사진</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>저장…</translation>
    </message>
    <message>
        <source>A table (.csv, .json) or one sheet of all (.png)</source>
        <translation>표(.csv, .json) 또는 한 장 모음(.png)</translation>
    </message>
    <message>
        <source>Telling photos</source>
        <translation>사진을 말하는 중</translation>
    </message>
    <message>
        <source>Describe again</source>
        <translation>다시 말하기</translation>
    </message>
    <message>
        <source>Space: the next word</source>
        <translation>Space: 다음 낱말</translation>
    </message>
</context>
<context>
    <name>CaptionText</name>
    <message>
        <source>space</source>
        <translation>빈칸</translation>
    </message>
    <message>
        <source>new line</source>
        <translation>줄 바꿈</translation>
    </message>
    <message>
        <source>From 나 and 잤다 the particle 는 follows.</source>
        <translation>‘나’와 ‘잤다’에서 조사 ‘는’이 뒤따라요.</translation>
    </message>
    <message>
        <source>not asked yet</source>
        <translation>아직 묻지 않았어요</translation>
    </message>
    <message>
        <source>After 나 this network says 는 with {share:.1f} %.</source>
        <translation>‘나’ 다음에 이 신경망은 ‘는’이라고 {share:.1f} %로 말해요.</translation>
    </message>
    <message>
        <source>Your start</source>
        <translation>첫머리</translation>
    </message>
    <message>
        <source>How it chooses</source>
        <translation>고르는 법</translation>
    </message>
    <message>
        <source>What comes next</source>
        <translation>다음에 오는 글자</translation>
    </message>
    <message>
        <source>Begin in Korean or English</source>
        <translation>한국어나 영어로 시작해 보세요</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>온도</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>글자 수</translation>
    </message>
    <message>
        <source>The text</source>
        <translation>글</translation>
    </message>
    <message>
        <source>The ten likeliest characters</source>
        <translation>가장 그럴듯한 글자 열 개</translation>
    </message>
    <message>
        <source>Iris is yours, mint is the network’s. Type on the left, or take a bar.</source>
        <translation>보라색은 내 글, 민트색은 신경망의 글이에요. 왼쪽에 쓰거나 막대를 골라 보세요.</translation>
    </message>
    <message>
        <source>Click a bar to take that character.</source>
        <translation>막대를 누르면 그 글자가 이어져요.</translation>
    </message>
    <message>
        <source>slide said</source>
        <translation>강의 값</translation>
    </message>
    <message>
        <source>measured here</source>
        <translation>여기서 측정</translation>
    </message>
    <message>
        <source>Learnt from folk tales in Korean and English that we retold for this program: about 20 KB.</source>
        <translation>이 프로그램을 위해 다시 쓴 한국어와 영어 옛이야기 약 20 KB에서 배웠어요.</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>쓰는 중</translation>
    </message>
    <message>
        <source>Write on</source>
        <translation>이어 쓰기</translation>
    </message>
    <message>
        <source>one character after the other</source>
        <translation>한 글자씩</translation>
    </message>
</context>
<context>
    <name>CaptureDialog</name>
    <message>
        <source>Capture from a camera</source>
        <translation>카메라로 담기</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Folder of the set</source>
        <translation>데이터셋 폴더</translation>
    </message>
    <message>
        <source>As in a mirror</source>
        <translation>거울처럼</translation>
    </message>
    <message>
        <source>Name a class, then Enter</source>
        <translation>클래스 이름 쓰고 Enter</translation>
    </message>
    <message>
        <source>Name of a new class</source>
        <translation>새 클래스 이름</translation>
    </message>
    <message>
        <source>Classes; hold a number key to keep frames in one</source>
        <translation>클래스. 숫자 키를 누르고 있으면 그 클래스에 담아요</translation>
    </message>
    <message>
        <source>Frames a second to keep</source>
        <translation>1초에 담을 장면 수</translation>
    </message>
    <message>
        <source>Hold to record</source>
        <translation>누르는 동안 담기</translation>
    </message>
    <message>
        <source>Or hold Space, or the number of a class.</source>
        <translation>스페이스나 클래스 번호를 누르고 있어도 돼요.</translation>
    </message>
    <message>
        <source>Live picture</source>
        <translation>실시간 화면</translation>
    </message>
    <message>
        <source>Open a video file</source>
        <translation>영상 파일 열기</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Camera {n}</source>
        <translation>카메라 {n}</translation>
    </message>
    <message>
        <source>A video file…</source>
        <translation>영상 파일…</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>영상</translation>
    </message>
    <message>
        <source>Play it again</source>
        <translation>다시 재생</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>다시 찾기</translation>
    </message>
    <message>
        <source>This source stopped</source>
        <translation>입력이 멈췄어요</translation>
    </message>
    <message>
        <source>No camera found</source>
        <translation>카메라를 찾지 못했어요</translation>
    </message>
    <message>
        <source>Looking for cameras</source>
        <translation>카메라 찾는 중</translation>
    </message>
    <message>
        <source>The video ended. Choose it again to play it once more.</source>
        <translation>영상이 끝났어요. 다시 고르면 처음부터 나와요.</translation>
    </message>
    <message>
        <source>Live from {source}</source>
        <translation>실시간: {source}</translation>
    </message>
    <message>
        <source>Name a class first.</source>
        <translation>먼저 클래스 이름을 정해 주세요.</translation>
    </message>
</context>
<context>
    <name>CellView</name>
    <message>
        <source>on {n:,} test digits, {time:.0f} s</source>
        <translation>시험 숫자 {n:,}개, {time:.0f}초</translation>
    </message>
    <message>
        <source>learning, {done:.0f} %</source>
        <translation>학습 중, {done:.0f} %</translation>
    </message>
    <message>
        <source>not run yet</source>
        <translation>아직 안 함</translation>
    </message>
</context>
<context>
    <name>ChaptersRoom</name>
    <message>
        <source>Chapters</source>
        <translation>장</translation>
    </message>
</context>
<context>
    <name>ChartStack</name>
    <message>
        <source>A part. Double click: the whole run</source>
        <translation>일부분. 두 번 누르면 실행 전체</translation>
    </message>
    <message>
        <source>rising</source>
        <translation>오르는 중</translation>
    </message>
    <message>
        <source>falling</source>
        <translation>내리는 중</translation>
    </message>
    <message>
        <source>level</source>
        <translation>그대로</translation>
    </message>
    <message>
        <source>epoch {x:.2f}</source>
        <translation>에폭 {x:.2f}</translation>
    </message>
    <message>
        <source>step {x:,.0f}</source>
        <translation>스텝 {x:,.0f}</translation>
    </message>
    <message>
        <source>{x:.1f} s</source>
        <translation>{x:.1f}초</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Accuracy, %</source>
        <translation>정확도, %</translation>
    </message>
    <message>
        <source>Loss, log scale</source>
        <translation>손실, 로그 눈금</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Gradient norm, log scale</source>
        <translation>기울기 크기, 로그 눈금</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>기울기 크기</translation>
    </message>
    <message>
        <source>Images per second</source>
        <translation>초당 그림 수</translation>
    </message>
    <message>
        <source>Held out: B less A, points</source>
        <translation>따로 둔 그림: B − A, 포인트</translation>
    </message>
    <message>
        <source>Parts of the loss, log scale</source>
        <translation>손실의 부분, 로그 눈금</translation>
    </message>
    <message>
        <source>Parts of the loss</source>
        <translation>손실의 부분</translation>
    </message>
</context>
<context>
    <name>Charts</name>
    <message>
        <source>Epoch</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Axis (X)</source>
        <translation>가로축 (X)</translation>
    </message>
    <message>
        <source>Next axis: X</source>
        <translation>다음 가로축: X</translation>
    </message>
    <message>
        <source>Smoothing, log scale, third chart</source>
        <translation>평활, 로그 눈금, 세 번째 차트</translation>
    </message>
    <message>
        <source>See the code that repeats this run</source>
        <translation>이 실행을 되풀이하는 코드 보기</translation>
    </message>
    <message>
        <source>Smoothing, steps</source>
        <translation>평활, 스텝</translation>
    </message>
    <message>
        <source>Log scale</source>
        <translation>로그 눈금</translation>
    </message>
    <message>
        <source>Third chart</source>
        <translation>세 번째 차트</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>기울기 크기</translation>
    </message>
    <message>
        <source>Images per second</source>
        <translation>초당 그림 수</translation>
    </message>
    <message>
        <source>Parts of the loss</source>
        <translation>손실의 부분</translation>
    </message>
</context>
<context>
    <name>Chosen</name>
    <message>
        <source>Index {i} of {n}, {split}</source>
        <translation>번호 {i} / {n}, {split}</translation>
    </message>
</context>
<context>
    <name>ChosenPicture</name>
    <message>
        <source>Chosen picture</source>
        <translation>고른 그림</translation>
    </message>
    <message>
        <source>Chosen window</source>
        <translation>고른 구간</translation>
    </message>
    <message>
        <source>pixel under the pointer</source>
        <translation>포인터 아래 픽셀</translation>
    </message>
    <message>
        <source>Look closely, with numbers (Enter)</source>
        <translation>숫자와 함께 자세히 보기 (Enter)</translation>
    </message>
    <message>
        <source>The chosen picture; arrows read its pixels</source>
        <translation>고른 그림. 화살표로 픽셀을 읽어요</translation>
    </message>
    <message>
        <source>The chosen window; arrows read its values</source>
        <translation>고른 구간. 화살표로 값을 읽어요</translation>
    </message>
    <message>
        <source>Classes in this picture</source>
        <translation>이 사진의 클래스</translation>
    </message>
    <message>
        <source>{size} numbers</source>
        <translation>숫자 {size}개</translation>
    </message>
    <message>
        <source>value {v}</source>
        <translation>값 {v}</translation>
    </message>
    <message>
        <source>{n} objects; point at one to read its size</source>
        <translation>물체 {n}개. 하나를 가리키면 크기를 볼 수 있어요</translation>
    </message>
</context>
<context>
    <name>ClassList</name>
    <message>
        <source>All pictures</source>
        <translation>모든 그림</translation>
    </message>
    <message>
        <source>Find a class</source>
        <translation>클래스 찾기</translation>
    </message>
    <message>
        <source>All classes with their names in English and Korean</source>
        <translation>모든 클래스의 영어와 한국어 이름</translation>
    </message>
    <message>
        <source>{n} classes</source>
        <translation>클래스 {n}개</translation>
    </message>
    <message>
        <source>{n} of {total} classes</source>
        <translation>클래스 {total}개 중 {n}개</translation>
    </message>
</context>
<context>
    <name>ClassRow</name>
    <message>
        <source>{n} frames</source>
        <translation>프레임 {n}장</translation>
    </message>
    <message>
        <source>describing the frames</source>
        <translation>특징으로 바꾸는 중</translation>
    </message>
    <message>
        <source>{r} recordings, {n} frames</source>
        <translation>녹화 {r}개, 프레임 {n}장</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>아직 없음</translation>
    </message>
    <message>
        <source>Hold to record</source>
        <translation>누르는 동안 담기</translation>
    </message>
    <message>
        <source>Remove this class</source>
        <translation>이 클래스 지우기</translation>
    </message>
    <message>
        <source>Name of the class</source>
        <translation>클래스 이름</translation>
    </message>
</context>
<context>
    <name>Classes</name>
    <message>
        <source>Class {n}</source>
        <translation>클래스 {n}</translation>
    </message>
    <message>
        <source>Your classes</source>
        <translation>내 클래스</translation>
    </message>
    <message>
        <source>Add a class</source>
        <translation>클래스 추가</translation>
    </message>
    <message>
        <source>A folder of pictures…</source>
        <translation>사진 폴더…</translation>
    </message>
    <message>
        <source>One folder for each class; folders in it are recordings</source>
        <translation>클래스마다 폴더 하나, 그 안의 폴더는 녹화</translation>
    </message>
</context>
<context>
    <name>CloseLook</name>
    <message>
        <source>All pictures</source>
        <translation>모든 그림</translation>
    </message>
    <message>
        <source>Back to all pictures (Esc)</source>
        <translation>모든 그림으로 돌아가기 (Esc)</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>숫자</translation>
    </message>
    <message>
        <source>Write the value of every pixel on it</source>
        <translation>픽셀마다 값 쓰기</translation>
    </message>
    <message>
        <source>Next picture (Page Down)</source>
        <translation>다음 그림 (Page Down)</translation>
    </message>
    <message>
        <source>The chosen picture, pixel by pixel</source>
        <translation>고른 그림, 픽셀 하나씩</translation>
    </message>
</context>
<context>
    <name>CodeDiagram</name>
    <message>
        <source>encoder = recognition net</source>
        <translation>인코더 = 인식망</translation>
    </message>
    <message>
        <source>decoder = generative net</source>
        <translation>디코더 = 생성망</translation>
    </message>
    <message>
        <source>code = latent variable = feature = hidden representation</source>
        <translation>코드 = 잠재 변수 = 특징 = 은닉 표현</translation>
    </message>
    <message>
        <source>Encoder, code and decoder</source>
        <translation>인코더, 코드, 디코더</translation>
    </message>
</context>
<context>
    <name>CodeDialog</name>
    <message>
        <source>Save the code</source>
        <translation>코드 저장</translation>
    </message>
    <message>
        <source>See the code</source>
        <translation>코드 보기</translation>
    </message>
    <message>
        <source>The code of this run</source>
        <translation>이 실행의 코드</translation>
    </message>
    <message>
        <source>Plain PyTorch, nothing of this app: the same pictures, order, seed and steps.</source>
        <translation>이 앱 없이 PyTorch만으로. 그림, 순서, 시드, 스텝이 모두 같아요.</translation>
    </message>
    <message>
        <source>{n} lines.</source>
        <translation>{n}줄.</translation>
    </message>
    <message>
        <source>Saving it also writes the pictures beside it (.npz).</source>
        <translation>저장하면 그림도 옆에 함께 저장돼요(.npz).</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Keras beside it</source>
        <translation>Keras로도 보기</translation>
    </message>
    <message>
        <source>The same network in Keras</source>
        <translation>같은 신경망의 Keras 코드</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>저장…</translation>
    </message>
</context>
<context>
    <name>CompareRoom</name>
    <message>
        <source>Compared</source>
        <translation>비교했어요</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>멈췄어요.</translation>
    </message>
    <message>
        <source>Ended by an error; the note above says why.</source>
        <translation>오류로 끝났어요. 이유는 위 알림에 있어요.</translation>
    </message>
    <message>
        <source>Fine-tune</source>
        <translation>미세 조정</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>비교 중</translation>
    </message>
    <message>
        <source>Pair</source>
        <translation>둘</translation>
    </message>
    <message>
        <source>Past</source>
        <translation>과거</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>라벨</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>Left and right</source>
        <translation>왼쪽과 오른쪽</translation>
    </message>
    <message>
        <source>Begins with</source>
        <translation>시작 신경망</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>표본</translation>
    </message>
    <message>
        <source>Blur and sharpness</source>
        <translation>흐림과 또렷함</translation>
    </message>
    <message>
        <source>An autoencoder averages what it is unsure of: blurred, but your picture. A GAN is sharp, and nobody ever wrote it.</source>
        <translation>오토인코더는 확신이 없는 곳을 평균 내요. 흐리지만 넣은 그림이에요. GAN은 또렷하지만 아무도 쓴 적 없는 그림이에요.</translation>
    </message>
    <message>
        <source>Fréchet distance</source>
        <translation>프레셰 거리</translation>
    </message>
    <message>
        <source>How far samples lie from real pictures in the eyes of our digit reader, or of EfficientNet-Lite0 for photographs. Real against real is what a perfect generator would get.</source>
        <translation>숫자 판독기가, 사진은 EfficientNet-Lite0이 본 표본과 진짜의 거리예요. ‘진짜끼리’는 완벽한 생성기가 받을 값이에요.</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>점수</translation>
    </message>
    <message>
        <source>High when each sample is clearly one class and all classes occur.</source>
        <translation>표본마다 클래스가 뚜렷하고 모든 클래스가 나오면 높아요.</translation>
    </message>
    <message>
        <source>Copied or dreamt</source>
        <translation>베낌과 꿈</translation>
    </message>
    <message>
        <source>5 % of new real pictures lie as close to a training picture. Far more than 5 % means it repeats what it saw.</source>
        <translation>처음 보는 진짜 그림도 5 %는 학습 그림과 이만큼 가까워요. 5 %보다 훨씬 많으면 본 것을 되풀이하는 거예요.</translation>
    </message>
    <message>
        <source>Left generator</source>
        <translation>왼쪽 생성기</translation>
    </message>
    <message>
        <source>Right generator</source>
        <translation>오른쪽 생성기</translation>
    </message>
</context>
<context>
    <name>CompareStage</name>
    <message>
        <source>{labels:,} labels: {a:.1f} % errors pre-trained, {b:.1f} % from nothing; {fewer:.0f} % fewer.</source>
        <translation>라벨 {labels:,}개: 사전 학습 오류 {a:.1f} %, 처음부터 {b:.1f} %. {fewer:.0f} % 줄었어요.</translation>
    </message>
    <message>
        <source>The same network, the same labels, two beginnings. Press Fine-tune: it takes some minutes.</source>
        <translation>같은 신경망, 같은 라벨, 두 가지 시작이에요. 미세 조정을 눌러 보세요. 몇 분 걸려요.</translation>
    </message>
    <message>
        <source>Press Compare: distance from real pictures, sharpness and copies are measured.</source>
        <translation>비교를 눌러 보세요. 진짜 그림과의 거리, 또렷함, 베낀 정도를 재요.</translation>
    </message>
    <message>
        <source>few samples: distances say little</source>
        <translation>표본이 적어 거리를 믿기 어려워요</translation>
    </message>
    <message>
        <source>real against real</source>
        <translation>진짜끼리</translation>
    </message>
    <message>
        <source>Fréchet distance</source>
        <translation>프레셰 거리</translation>
    </message>
    <message>
        <source>Score (1 to classes)</source>
        <translation>점수 (1~클래스 수)</translation>
    </message>
    <message>
        <source>Read with confidence</source>
        <translation>자신 있게 읽은 비율</translation>
    </message>
    <message>
        <source>Sharpness of samples beside real</source>
        <translation>진짜 대비 표본의 또렷함</translation>
    </message>
    <message>
        <source>Sharpness of what came through</source>
        <translation>복원한 그림의 또렷함</translation>
    </message>
    <message>
        <source>Reconstruction error</source>
        <translation>복원 오차</translation>
    </message>
    <message>
        <source>Closer to training than new pictures are</source>
        <translation>새 그림보다 학습 그림에 가까운 비율</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>나란히</translation>
    </message>
    <message>
        <source>Few labels: pre-trained or from nothing</source>
        <translation>라벨 몇 개: 사전 학습과 처음부터</translation>
    </message>
    <message>
        <source>No run of yours yet</source>
        <translation>아직 직접 한 실행이 없어요</translation>
    </message>
    <message>
        <source>Train a generator in Learn. Its checkpoints can be held against each other here.</source>
        <translation>학습에서 생성기를 가르쳐 보세요. 그 체크포인트를 여기에서 견줄 수 있어요.</translation>
    </message>
    <message>
        <source>Go to Learn</source>
        <translation>학습으로 가기</translation>
    </message>
    <message>
        <source>labels</source>
        <translation>라벨 수</translation>
    </message>
    <message>
        <source>test error</source>
        <translation>시험 오류</translation>
    </message>
    <message>
        <source>pre-trained</source>
        <translation>사전 학습</translation>
    </message>
    <message>
        <source>from nothing</source>
        <translation>처음부터</translation>
    </message>
</context>
<context>
    <name>ContestStage</name>
    <message>
        <source>mode collapse</source>
        <translation>모드 붕괴</translation>
    </message>
    <message>
        <source>Points against police</source>
        <translation>점으로 보는 GAN</translation>
    </message>
    <message>
        <source>Pictures, move by move</source>
        <translation>그림 GAN 한 수씩</translation>
    </message>
    <message>
        <source>Sand: real points, and where D believes. Mint: fakes, and the sheet G bends. Lines: pushes.</source>
        <translation>모래색: 진짜 점과 D가 진짜로 보는 곳. 민트: 가짜 점과 G가 구부린 판. 선: 밀리는 방향.</translation>
    </message>
    <message>
        <source>D(x): real taken for real</source>
        <translation>D(x): 진짜로 본 진짜</translation>
    </message>
    <message>
        <source>D(G(z)): fakes taken for real</source>
        <translation>D(G(z)): 진짜로 본 가짜</translation>
    </message>
    <message>
        <source>Loss of D</source>
        <translation>D의 손실</translation>
    </message>
    <message>
        <source>Real points, fakes and what D believes where</source>
        <translation>진짜 점, 가짜 점, 곳마다 D의 판단</translation>
    </message>
</context>
<context>
    <name>CountedNet</name>
    <message>
        <source>{name}: {shape} come out, {parameters:,} parameters, {macs:.1f} M multiplications</source>
        <translation>{name}: 출력 {shape}, 파라미터 {parameters:,}개, 곱셈 {macs:.1f}M번</translation>
    </message>
</context>
<context>
    <name>DatasetsPage</name>
    <message>
        <source>Datasets</source>
        <translation>데이터셋</translation>
    </message>
    <message>
        <source>Open a folder that holds a data set</source>
        <translation>데이터셋이 든 폴더 열기</translation>
    </message>
    <message>
        <source>Open a file or an archive that holds a data set</source>
        <translation>데이터셋이 든 파일이나 압축 파일 열기</translation>
    </message>
</context>
<context>
    <name>DenoiseStage</name>
    <message>
        <source>Open a folder of pictures</source>
        <translation>사진 폴더 열기</translation>
    </message>
    <message>
        <source>Videos and pictures</source>
        <translation>영상과 사진</translation>
    </message>
    <message>
        <source>Open a video or a picture</source>
        <translation>영상이나 사진 열기</translation>
    </message>
    <message>
        <source>Video or picture…</source>
        <translation>영상이나 사진…</translation>
    </message>
    <message>
        <source>Folder of pictures…</source>
        <translation>그림 폴더…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>{ms:.0f} ms a picture in the network, {rate:.0f} pictures a second · {backend}</source>
        <translation>신경망에서 한 장에 {ms:.0f} ms, 1초에 {rate:.0f}장 · {backend}</translation>
    </message>
    <message>
        <source>Noise out of live pictures</source>
        <translation>실시간 화면의 잡음 제거</translation>
    </message>
    <message>
        <source>Noise is added to each picture, the autoencoder takes it out. Train it anew in the Train tab: ae-photos. With both noises at 0 it cleans the camera’s own grain.</source>
        <translation>화면마다 잡음을 넣고 오토인코더가 지워요. 학습 탭의 ae-photos로 새로 가르칠 수 있어요. 두 잡음을 0으로 두면 카메라 자체의 잡음을 지워요.</translation>
    </message>
    <message>
        <source>Pictures from</source>
        <translation>화면 소스</translation>
    </message>
    <message>
        <source>Denoiser</source>
        <translation>잡음 제거 신경망</translation>
    </message>
    <message>
        <source>Gaussian noise σ</source>
        <translation>가우스 잡음 σ</translation>
    </message>
    <message>
        <source>Pixels put out (dropout)</source>
        <translation>끈 픽셀 (dropout)</translation>
    </message>
    <message>
        <source>With noise</source>
        <translation>잡음 넣은 것</translation>
    </message>
    <message>
        <source>As it came</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>Left picture</source>
        <translation>왼쪽 그림</translation>
    </message>
    <message>
        <source>Cleaned</source>
        <translation>잡음 제거 후</translation>
    </message>
    <message>
        <source>PSNR with noise</source>
        <translation>PSNR, 제거 전</translation>
    </message>
    <message>
        <source>PSNR cleaned</source>
        <translation>PSNR, 제거 후</translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <source>Details</source>
        <translation>자세한 내용</translation>
    </message>
    <message>
        <source>Open the log&apos;s folder</source>
        <translation>기록 폴더 열기</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>자세한 내용 복사</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>복사됨</translation>
    </message>
</context>
<context>
    <name>DigitReader</name>
    <message>
        <source>Answer: a probability for each digit</source>
        <translation>답: 숫자마다 확률 하나</translation>
    </message>
    <message>
        <source>The picture the network sees, 28 × 28</source>
        <translation>신경망이 보는 28 × 28 그림</translation>
    </message>
    <message>
        <source>Activations of each layer</source>
        <translation>층마다의 활성값</translation>
    </message>
    <message>
        <source>The answer appears while you draw.</source>
        <translation>그리는 동안 답이 나와요.</translation>
    </message>
</context>
<context>
    <name>DoctorView</name>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>Progress of the examination</source>
        <translation>진단 진행</translation>
    </message>
    <message>
        <source>Examine again</source>
        <translation>다시 진단</translation>
    </message>
    <message>
        <source>Examine</source>
        <translation>진단하기</translation>
    </message>
    <message>
        <source>Examining</source>
        <translation>진단하는 중</translation>
    </message>
    <message>
        <source>{n} looked at in {s} s · findings: {k}</source>
        <translation>{n}개를 {s}초 동안 살펴봄 · 발견 {k}건</translation>
    </message>
    <message>
        <source>Stopped. What was found so far stays.</source>
        <translation>멈췄어요. 지금까지 찾은 것은 남아 있어요.</translation>
    </message>
    <message>
        <source>{n} to look at, in all parts together</source>
        <translation>모든 부분을 합쳐 볼 것 {n}개</translation>
    </message>
    <message>
        <source>The set could not be examined</source>
        <translation>데이터셋을 진단하지 못했어요</translation>
    </message>
    <message>
        <source>Nothing is wrong with this set</source>
        <translation>이 데이터셋에는 문제가 없어요</translation>
    </message>
    <message>
        <source>Not examined yet</source>
        <translation>아직 진단하지 않았어요</translation>
    </message>
    <message>
        <source>The doctor looks for copies, also between the parts, for wrong labels, rare classes, damaged files, and marks that cannot be right. Nothing is changed.</source>
        <translation>부분 사이의 것까지 포함한 중복, 틀린 정답, 드문 클래스, 손상된 파일, 맞을 수 없는 표시를 찾아요. 아무것도 바꾸지 않아요.</translation>
    </message>
    <message>
        <source>Reading the set</source>
        <translation>데이터셋을 읽는 중</translation>
    </message>
    <message>
        <source>All its parts are read before they are compared.</source>
        <translation>모든 부분을 읽은 다음 견주어요.</translation>
    </message>
    <message>
        <source>Checked: {what}</source>
        <translation>확인한 것: {what}</translation>
    </message>
</context>
<context>
    <name>Doors</name>
    <message>
        <source>Watch it learn</source>
        <translation>배우는 과정 보기</translation>
    </message>
    <message>
        <source>from guessing to reading</source>
        <translation>찍기에서 읽기까지</translation>
    </message>
    <message>
        <source>Point the camera</source>
        <translation>카메라로 보기</translation>
    </message>
    <message>
        <source>or the bundled tour</source>
        <translation>또는 내장 영상</translation>
    </message>
    <message>
        <source>Paint like Van Gogh</source>
        <translation>반 고흐처럼 그리기</translation>
    </message>
    <message>
        <source>your photo in his strokes</source>
        <translation>내 사진을 그의 붓놀림으로</translation>
    </message>
    <message>
        <source>Dream a digit</source>
        <translation>숫자 꿈꾸기</translation>
    </message>
    <message>
        <source>none of these was ever written</source>
        <translation>아무도 쓴 적 없는 숫자들</translation>
    </message>
    <message>
        <source>Play Breakout</source>
        <translation>벽돌깨기</translation>
    </message>
    <message>
        <source>an agent learns it from nothing</source>
        <translation>에이전트가 처음부터 배워요</translation>
    </message>
    <message>
        <source>Browse the digits</source>
        <translation>숫자 둘러보기</translation>
    </message>
    <message>
        <source>all of them, pixel by pixel</source>
        <translation>하나하나, 픽셀까지</translation>
    </message>
</context>
<context>
    <name>DqnBar</name>
    <message>
        <source>step {step:,} of {steps:,} · {speed:,.0f} steps/s</source>
        <translation>{steps:,}스텝 중 {step:,} · 초당 {speed:,.0f}스텝</translation>
    </message>
    <message>
        <source>about {m:.0f} min left</source>
        <translation>약 {m:.0f}분 남음</translation>
    </message>
    <message>
        <source>Stopped. What it learnt is kept and can be resumed.</source>
        <translation>멈췄어요. 배운 것은 남아 있고 이어 할 수 있어요.</translation>
    </message>
    <message>
        <source>Ended by an error; the note above says why.</source>
        <translation>오류로 끝났어요. 이유는 위 알림에 있어요.</translation>
    </message>
    <message>
        <source>Done in {s:,.0f} s: {mean:.1f} points, mean of {n} whole games.</source>
        <translation>{s:,.0f}초 만에 마쳤어요. {n}판 평균 {mean:.1f}점.</translation>
    </message>
    <message>
        <source>Give back (T)</source>
        <translation>돌려주기 (T)</translation>
    </message>
    <message>
        <source>Take over (T)</source>
        <translation>대신 하기 (T)</translation>
    </message>
</context>
<context>
    <name>DqnKeep</name>
    <message>
        <source>Film of one game</source>
        <translation>한 판의 영상</translation>
    </message>
    <message>
        <source>Recording one game…</source>
        <translation>한 판을 녹화하는 중…</translation>
    </message>
    <message>
        <source>Scores as CSV</source>
        <translation>점수를 CSV로</translation>
    </message>
    <message>
        <source>Written: {name}</source>
        <translation>저장함: {name}</translation>
    </message>
</context>
<context>
    <name>DqnPage</name>
    <message>
        <source>DQN</source>
        <translation>DQN</translation>
    </message>
</context>
<context>
    <name>DqnScores</name>
    <message>
        <source>The agent here, mean of {n}</source>
        <translation>여기 에이전트, {n}판 평균</translation>
    </message>
    <message>
        <source>You, mean of {n}</source>
        <translation>사람, {n}판 평균</translation>
    </message>
</context>
<context>
    <name>DqnSetup</name>
    <message>
        <source>Watch</source>
        <translation>관전</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>직접 하기</translation>
    </message>
    <message>
        <source>Game</source>
        <translation>게임</translation>
    </message>
    <message>
        <source>Who plays</source>
        <translation>누가 하나요</translation>
    </message>
    <message>
        <source>Knobs</source>
        <translation>조절</translation>
    </message>
    <message>
        <source>Set before the start</source>
        <translation>시작 전에 정하기</translation>
    </message>
    <message>
        <source>Time machine</source>
        <translation>타임머신</translation>
    </message>
    <message>
        <source>Left moment, steps</source>
        <translation>왼쪽 순간, 스텝</translation>
    </message>
    <message>
        <source>Right moment, steps</source>
        <translation>오른쪽 순간, 스텝</translation>
    </message>
    <message>
        <source>Watch side by side</source>
        <translation>나란히 보기</translation>
    </message>
    <message>
        <source>Exploration ε</source>
        <translation>탐험 ε</translation>
    </message>
    <message>
        <source>Discount γ</source>
        <translation>할인율 γ</translation>
    </message>
    <message>
        <source>What its value hangs on</source>
        <translation>값이 달린 곳 보기</translation>
    </message>
    <message>
        <source>Begin anew or go on</source>
        <translation>새로 시작 또는 이어 하기</translation>
    </message>
    <message>
        <source>the agent that learns now</source>
        <translation>지금 배우는 에이전트</translation>
    </message>
    <message>
        <source>chance: random moves</source>
        <translation>무작위 행동</translation>
    </message>
    <message>
        <source>go on: {name}</source>
        <translation>이어 하기: {name}</translation>
    </message>
    <message>
        <source>begin anew</source>
        <translation>새로 시작</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>스페이스</translation>
    </message>
    <message>
        <source>Press Play below, then use the keys. The agent plays the same seed beside you.</source>
        <translation>아래 시작을 누르고 키를 쓰세요. 옆에서 에이전트가 같은 시드로 해요.</translation>
    </message>
</context>
<context>
    <name>DqnView</name>
    <message>
        <source>step {step:,} · seed {seed}</source>
        <translation>{step:,}스텝 · 시드 {seed}</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>멈췄어요.</translation>
    </message>
    <message>
        <source>{n:,} games</source>
        <translation>{n:,}판</translation>
    </message>
    <message>
        <source>no agent chosen: random moves</source>
        <translation>에이전트 없음: 무작위 행동</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>관전</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>학습 중</translation>
    </message>
    <message>
        <source>Playing</source>
        <translation>게임 중</translation>
    </message>
</context>
<context>
    <name>DrawPad</name>
    <message>
        <source>Draw here</source>
        <translation>여기에 그려 보세요</translation>
    </message>
    <message>
        <source>Drawing pad</source>
        <translation>그림판</translation>
    </message>
    <message>
        <source>Draw a digit with the mouse or a pen. Delete clears it.</source>
        <translation>마우스나 펜으로 숫자를 그려 보세요. Del을 누르면 지워져요.</translation>
    </message>
</context>
<context>
    <name>EnergyRows</name>
    <message>
        <source>least energy, most likely</source>
        <translation>에너지 최소, 확률 최대</translation>
    </message>
    <message>
        <source>All four states with their energy</source>
        <translation>네 상태와 그 에너지</translation>
    </message>
</context>
<context>
    <name>EnergyStage</name>
    <message>
        <source>Energy of two units</source>
        <translation>유닛 2개의 에너지</translation>
    </message>
    <message>
        <source>Each unit is −1 or 1. The less energy a state has, the likelier it is: p = exp(−E) / Z.</source>
        <translation>유닛은 −1이나 1이에요. 에너지가 작은 상태일수록 잘 나와요: p = exp(−E) / Z.</translation>
    </message>
    <message>
        <source>link w</source>
        <translation>연결 w</translation>
    </message>
    <message>
        <source>inclination a of v</source>
        <translation>v의 성향 a</translation>
    </message>
    <message>
        <source>inclination b of h</source>
        <translation>h의 성향 b</translation>
    </message>
</context>
<context>
    <name>Evidence</name>
    <message>
        <source>label {label}, read as {read}, {sure:.1f} % sure</source>
        <translation>정답 {label}, 읽은 값 {read}, 확신 {sure:.1f} %</translation>
    </message>
    <message>
        <source>Mistakes</source>
        <translation>오답</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>기울기</translation>
    </message>
    <message>
        <source>Mistakes, filters or gradients</source>
        <translation>오답, 필터, 기울기</translation>
    </message>
    <message>
        <source>Gradient by layer</source>
        <translation>층마다의 기울기</translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation>혼동 행렬</translation>
    </message>
    <message>
        <source>label</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>read as</source>
        <translation>읽은 값</translation>
    </message>
    <message>
        <source>Show all mistakes</source>
        <translation>오답 모두 보기</translation>
    </message>
    <message>
        <source>Pictures read wrong, most certain first</source>
        <translation>잘못 읽은 그림, 확신이 큰 것부터</translation>
    </message>
    <message>
        <source>After the first check the pictures it reads wrong appear here.</source>
        <translation>첫 검증 뒤에 잘못 읽은 그림이 여기에 나와요.</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>혼동 행렬</translation>
    </message>
    <message>
        <source>By layer, log scale</source>
        <translation>층마다, 로그 눈금</translation>
    </message>
    <message>
        <source>Read wrong, most certain first</source>
        <translation>확신한 오답</translation>
    </message>
    <message>
        <source>{label} read as {read}</source>
        <translation>정답 {label}, 읽은 값 {read}</translation>
    </message>
    <message>
        <source>None of these was kept to show.</source>
        <translation>이 칸의 숫자는 보여 줄 그림이 남아 있지 않아요.</translation>
    </message>
    <message>
        <source>It reads all of them right.</source>
        <translation>모두 바르게 읽어요.</translation>
    </message>
    <message>
        <source>The pictures of earlier runs are not kept, only their counts.</source>
        <translation>앞선 실행의 그림은 남기지 않고 개수만 남겨요.</translation>
    </message>
    <message>
        <source>{n:,} test</source>
        <translation>시험 {n:,}개</translation>
    </message>
    <message>
        <source>{n:,} held out</source>
        <translation>따로 둔 {n:,}개</translation>
    </message>
</context>
<context>
    <name>ExperimentDialog</name>
    <message>
        <source>Experiment</source>
        <translation>실험</translation>
    </message>
    <message>
        <source>Does it matter which pixels are neighbours?</source>
        <translation>어느 픽셀이 이웃인지가 중요할까요?</translation>
    </message>
    <message>
        <source>Two networks learn the same digits twice: as they are, and with all pixels shuffled in one fixed way. Nothing is lost from a picture but its neighbourhoods.</source>
        <translation>두 신경망이 같은 숫자를 두 번 배워요. 한 번은 그대로, 한 번은 모든 픽셀을 똑같은 방법으로 섞어서요. 그림에서 사라지는 것은 이웃 관계뿐이에요.</translation>
    </message>
    <message>
        <source>As they are</source>
        <translation>그대로</translation>
    </message>
    <message>
        <source>Shuffled</source>
        <translation>섞음</translation>
    </message>
    <message>
        <source>{n:,} parameters</source>
        <translation>파라미터 {n:,}개</translation>
    </message>
    <message>
        <source>Four trainings, each under a minute on the digits that came with the app.</source>
        <translation>학습을 네 번 해요. 앱에 들어 있는 숫자로는 한 번에 1분이 안 걸려요.</translation>
    </message>
</context>
<context>
    <name>ExplainView</name>
    <message>
        <source>Detectors</source>
        <translation>검출기</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>측정</translation>
    </message>
    <message>
        <source>Segmentation</source>
        <translation>분할</translation>
    </message>
    <message>
        <source>Four tasks</source>
        <translation>네 가지 과제</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>What is explained</source>
        <translation>설명할 내용</translation>
    </message>
</context>
<context>
    <name>ExploreRoom</name>
    <message>
        <source>direction {n} · {share:.0f} %</source>
        <translation>방향 {n} · {share:.0f} %</translation>
    </message>
    <message>
        <source>{n} pictures, all made now</source>
        <translation>그림 {n}장, 모두 지금 만들었어요</translation>
    </message>
    <message>
        <source>of {n:,} training pictures</source>
        <translation>학습 그림 {n:,}장 가운데</translation>
    </message>
    <message>
        <source>Pictures ({kinds})</source>
        <translation>그림 ({kinds})</translation>
    </message>
    <message>
        <source>Find a picture…</source>
        <translation>사진 찾기…</translation>
    </message>
    <message>
        <source>Grid (*.png);;Film from A to B (*.mp4 *.gif)</source>
        <translation>그림판 (*.png);;A에서 B까지 영상 (*.mp4 *.gif)</translation>
    </message>
    <message>
        <source>Export grid or film</source>
        <translation>그림판이나 영상 내보내기</translation>
    </message>
    <message>
        <source>No generator here yet</source>
        <translation>아직 생성기가 없어요</translation>
    </message>
    <message>
        <source>Train one in Learn: a VAE with 2 numbers takes about two minutes and gives a map of all digits.</source>
        <translation>학습에서 하나 만들어 보세요. 숫자 2개 VAE는 2분쯤이면 모든 숫자의 지도가 나와요.</translation>
    </message>
    <message>
        <source>Go to Learn</source>
        <translation>학습으로 이동</translation>
    </message>
</context>
<context>
    <name>ExploreSetup</name>
    <message>
        <source>each in turn</source>
        <translation>차례로 모두</translation>
    </message>
    <message>
        <source>Generator</source>
        <translation>생성기</translation>
    </message>
    <message>
        <source>Where you are</source>
        <translation>지금 위치</translation>
    </message>
    <message>
        <source>From A to B</source>
        <translation>A에서 B까지</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>보관한 그림</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Learnt from photographs of people or of unclear terms: in a pack of its own, not to be passed on.</source>
        <translation>사람 사진이나 이용 조건이 불분명한 사진으로 배웠어요. 따로 묶어 두며 다른 사람에게 넘기지 마세요.</translation>
    </message>
    <message>
        <source>Directions</source>
        <translation>방향</translation>
    </message>
    <message>
        <source>Raw numbers</source>
        <translation>숫자 그대로</translation>
    </message>
    <message>
        <source>Which numbers</source>
        <translation>볼 숫자</translation>
    </message>
    <message>
        <source>Truncation</source>
        <translation>절단 (truncation)</translation>
    </message>
    <message>
        <source>Smaller: safer, more alike</source>
        <translation>작을수록 안전하고 비슷해요</translation>
    </message>
    <message>
        <source>New seed</source>
        <translation>새 시드</translation>
    </message>
    <message>
        <source>Other samples (N)</source>
        <translation>다른 표본 (N)</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>보관</translation>
    </message>
    <message>
        <source>Keep this picture (K)</source>
        <translation>이 그림 보관 (K)</translation>
    </message>
    <message>
        <source>Straight</source>
        <translation>직선</translation>
    </message>
    <message>
        <source>Arc</source>
        <translation>호</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>무작위</translation>
    </message>
    <message>
        <source>{letter} here</source>
        <translation>{letter} 표시</translation>
    </message>
    <message>
        <source>Go to A − B + C</source>
        <translation>A − B + C로 이동</translation>
    </message>
    <message>
        <source>Find a picture…</source>
        <translation>사진 찾기…</translation>
    </message>
    <message>
        <source>The code whose picture is most like a file’s</source>
        <translation>파일 그림과 가장 비슷한 코드</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Export grid or film…</source>
        <translation>그림판·영상 내보내기…</translation>
    </message>
</context>
<context>
    <name>ExploreSide</name>
    <message>
        <source>This point becomes</source>
        <translation>이 점의 그림</translation>
    </message>
    <message>
        <source>Nearest real pictures</source>
        <translation>가장 비슷한 진짜</translation>
    </message>
    <message>
        <source>The picture you sought</source>
        <translation>찾은 그림</translation>
    </message>
    <message>
        <source>Thickness</source>
        <translation>굵기</translation>
    </message>
    <message>
        <source>Slant</source>
        <translation>기울기</translation>
    </message>
    <message>
        <source>Distance over pixels; 0 would be a copy.</source>
        <translation>픽셀 사이 거리예요. 0이면 베낀 거예요.</translation>
    </message>
</context>
<context>
    <name>ExploreStage</name>
    <message>
        <source>Only a code of 2 numbers has a map.</source>
        <translation>숫자 2개 코드에만 지도가 있어요.</translation>
    </message>
    <message>
        <source>Measured on digits alone.</source>
        <translation>숫자에서만 재요.</translation>
    </message>
    <message>
        <source>Only layers with maps can be shown.</source>
        <translation>맵이 있는 층만 볼 수 있어요.</translation>
    </message>
    <message>
        <source>Every digit this network can dream</source>
        <translation>이 신경망이 꿈꾸는 모든 숫자</translation>
    </message>
    <message>
        <source>All it can dream</source>
        <translation>만들 수 있는 모든 그림</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>표본</translation>
    </message>
    <message>
        <source>Slant × thickness</source>
        <translation>기울기 × 굵기</translation>
    </message>
    <message>
        <source>Layer by layer</source>
        <translation>층별 보기</translation>
    </message>
    <message>
        <source>Drag the ring; arrow keys move it too.</source>
        <translation>고리를 끌어 보세요. 화살표 키로도 움직여요.</translation>
    </message>
    <message>
        <source>Click a picture, then move its sliders. N: new seed.</source>
        <translation>그림을 누르고 슬라이더를 움직여 보세요. N: 새 시드.</translation>
    </message>
    <message>
        <source>Drag: iris is what you ask for, mint what the picture measures.</source>
        <translation>끌어 보세요. 보라는 바라는 값, 민트는 그림을 잰 값이에요.</translation>
    </message>
    <message>
        <source>From the smallest maps up to the picture.</source>
        <translation>가장 작은 맵부터 그림까지예요.</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>지도</translation>
    </message>
    <message>
        <source>Slant</source>
        <translation>기울기</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>층</translation>
    </message>
    <message>
        <source>View</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>slant, degrees</source>
        <translation>기울기 (도)</translation>
    </message>
    <message>
        <source>thickness, pixels</source>
        <translation>굵기 (픽셀)</translation>
    </message>
    <message>
        <source>Real pictures</source>
        <translation>진짜 그림</translation>
    </message>
    <message>
        <source>From A to B</source>
        <translation>A에서 B까지</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>부분</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Copy the pictures too</source>
        <translation>사진도 복사</translation>
    </message>
    <message>
        <source>Folder to write into</source>
        <translation>저장할 폴더</translation>
    </message>
    <message>
        <source>{part}: {n:,}</source>
        <translation>{part}: {n:,}</translation>
    </message>
    <message>
        <source>Open it here</source>
        <translation>여기서 열기</translation>
    </message>
    <message>
        <source>A set of its own, that can be moved.</source>
        <translation>따로 옮길 수 있는 데이터셋이 돼요.</translation>
    </message>
    <message>
        <source>Only the marks; they belong beside the pictures.</source>
        <translation>표시만 써요. 사진과 함께 두어야 해요.</translation>
    </message>
</context>
<context>
    <name>Exports</name>
    <message>
        <source>Chart (PNG)</source>
        <translation>차트 (PNG)</translation>
    </message>
    <message>
        <source>Chart (SVG)</source>
        <translation>차트 (SVG)</translation>
    </message>
    <message>
        <source>Curves of all shown runs (CSV)</source>
        <translation>보이는 모든 실행의 곡선 (CSV)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
</context>
<context>
    <name>FastWay</name>
    <message>
        <source>{done:,} of {total:,} steps</source>
        <translation>{total:,}스텝 중 {done:,}</translation>
    </message>
    <message>
        <source>Videos ({kinds})</source>
        <translation>영상 ({kinds})</translation>
    </message>
    <message>
        <source>Save the painted video</source>
        <translation>그린 영상 저장</translation>
    </message>
    <message>
        <source>{done:,} frames, {rate:.1f} a second</source>
        <translation>{done:,}프레임, 초당 {rate:.1f}장</translation>
    </message>
    <message>
        <source>Nothing was painted</source>
        <translation>그림 없음</translation>
    </message>
    <message>
        <source>Nothing was learnt</source>
        <translation>배우지 못했어요</translation>
    </message>
    <message>
        <source>Stopped; what was made is kept</source>
        <translation>정지함. 만든 것까지 남겼어요</translation>
    </message>
    <message>
        <source>The video is painted</source>
        <translation>영상을 다 그렸어요</translation>
    </message>
    <message>
        <source>The style is learnt</source>
        <translation>화풍을 배웠어요</translation>
    </message>
    <message>
        <source>Learn this style</source>
        <translation>이 화풍 배우기</translation>
    </message>
    <message>
        <source>about a minute</source>
        <translation>1분쯤</translation>
    </message>
    <message>
        <source>Paint the video</source>
        <translation>영상 그리기</translation>
    </message>
    <message>
        <source>into a new file, without sound</source>
        <translation>새 파일로, 소리 없이</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>그리기</translation>
    </message>
    <message>
        <source>painted anew whenever you move something</source>
        <translation>무엇이든 움직이면 다시 그려요</translation>
    </message>
</context>
<context>
    <name>FaultList</name>
    <message>
        <source>Files that could not be read</source>
        <translation>읽지 못한 파일</translation>
    </message>
    <message>
        <source>These files were passed over; all others are there. Repair or remove them.</source>
        <translation>이 파일들은 건너뛰었어요. 나머지는 모두 있어요. 고치거나 빼 주세요.</translation>
    </message>
    <message>
        <source>Copy the list</source>
        <translation>목록 복사</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>FieldRoom</name>
    <message>
        <source>input</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>after {k}×{k}</source>
        <translation>{k}×{k} 다음</translation>
    </message>
    <message>
        <source>{what} sees {field}×{field} pixels</source>
        <translation>{what}: {field}×{field} 픽셀을 봐요</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>The small ones need {share} fewer weights.</source>
        <translation>작은 커널은 가중치가 {share} 적어요.</translation>
    </message>
    <message>
        <source>How far it sees</source>
        <translation>보는 넓이</translation>
    </message>
    <message>
        <source>Lit at the left: every input pixel that one output pixel depends on.</source>
        <translation>왼쪽에 밝은 것은 출력 픽셀 하나에 들어가는 모든 입력 픽셀이에요.</translation>
    </message>
    <message>
        <source>Channels in and out</source>
        <translation>들어오고 나가는 채널</translation>
    </message>
</context>
<context>
    <name>FieldRow</name>
    <message>
        <source>on</source>
        <translation>켬</translation>
    </message>
    <message>
        <source>off</source>
        <translation>끔</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>{n:,} held-out photographs</source>
        <translation>따로 둔 사진 {n:,}장</translation>
    </message>
    <message>
        <source>{n:,} held-out pictures</source>
        <translation>따로 둔 그림 {n:,}장</translation>
    </message>
    <message>
        <source>{n:,} held-out windows</source>
        <translation>따로 둔 구간 {n:,}개</translation>
    </message>
    <message>
        <source>mean of {n} steps</source>
        <translation>{n}스텝 평균</translation>
    </message>
    <message>
        <source>median of {n} steps</source>
        <translation>{n}스텝 중앙값</translation>
    </message>
    <message>
        <source>images/s</source>
        <translation>장/초</translation>
    </message>
    <message>
        <source>Validation {name}</source>
        <translation>검증 {name}</translation>
    </message>
    <message>
        <source>vanishing: hardly a slope</source>
        <translation>사라짐: 기울기가 거의 없음</translation>
    </message>
    <message>
        <source>exploding: lower the rate</source>
        <translation>터짐: 학습률 낮추기</translation>
    </message>
    <message>
        <source>neither vanishing nor exploding</source>
        <translation>사라지지도 터지지도 않음</translation>
    </message>
    <message>
        <source>Validation accuracy</source>
        <translation>검증 정확도</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>기울기 크기</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>Click to plot it</source>
        <translation>누르면 차트로 보기</translation>
    </message>
</context>
<context>
    <name>FilmRoom</name>
    <message>
        <source>{n} stages</source>
        <translation>{n}단계</translation>
    </message>
    <message>
        <source>Press Start, or Step for one stage at a time.</source>
        <translation>시작을 누르거나, 한 단계씩 넘겨 보세요.</translation>
    </message>
    <message>
        <source>A value was changed. Start makes the film anew.</source>
        <translation>값이 바뀌었어요. 시작을 누르면 새로 만들어요.</translation>
    </message>
    <message>
        <source>A network is needed first, see above.</source>
        <translation>먼저 신경망이 있어야 해요. 위를 보세요.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>Every stage appears here, with the time it took.</source>
        <translation>단계마다 걸린 시간과 함께 여기에 나와요.</translation>
    </message>
    <message>
        <source>batch, time, height, width, channels: (1, {before}, 1)  →  (1, {after}, 1)</source>
        <translation>배치, 시간, 높이, 폭, 채널: (1, {before}, 1)  →  (1, {after}, 1)</translation>
    </message>
    <message>
        <source>slice {t}</source>
        <translation>{t}번째 장</translation>
    </message>
    <message>
        <source>output slice {t}; middle grey is 0</source>
        <translation>출력 {t}번째 장, 가운데 회색이 0</translation>
    </message>
    <message>
        <source>Through a film (Conv3D)</source>
        <translation>영상을 가로질러 (Conv3D)</translation>
    </message>
    <message>
        <source>27 weights move in three directions: over the picture and through time. MRI and CT have a depth.</source>
        <translation>가중치 27개가 세 방향으로 움직여요. 화면의 두 방향과 시간. MRI와 CT에서는 깊이예요.</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>커널</translation>
    </message>
    <message>
        <source>Output slice</source>
        <translation>출력 장</translation>
    </message>
    <message>
        <source>Slice {n} of three under the kernel</source>
        <translation>커널 아래 세 장 중 {n}번째</translation>
    </message>
    <message>
        <source>What the kernel answers</source>
        <translation>커널의 답</translation>
    </message>
</context>
<context>
    <name>FilterPanel</name>
    <message>
        <source>Longer side</source>
        <translation>긴 변</translation>
    </message>
    <message>
        <source>From</source>
        <translation>부터</translation>
    </message>
    <message>
        <source>To</source>
        <translation>까지</translation>
    </message>
    <message>
        <source>What a network read</source>
        <translation>신경망이 읽은 값</translation>
    </message>
    <message>
        <source>First let a network read the set, in the right column.</source>
        <translation>먼저 오른쪽에서 신경망이 데이터셋을 읽게 하세요.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>맞음</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>틀림</translation>
    </message>
    <message>
        <source>Read as</source>
        <translation>읽은 값</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>필터 지우기</translation>
    </message>
    <message>
        <source>any class</source>
        <translation>모든 클래스</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>No filters to look at: this network has no convolution, or nothing was trained yet.</source>
        <translation>볼 필터가 없어요. 합성곱이 없는 신경망이거나 아직 학습하지 않았어요.</translation>
    </message>
    <message>
        <source>{name}: {outputs} filters {k}×{k}, each reads {inputs} channels</source>
        <translation>{name}: {k}×{k} 필터 {outputs}개, 저마다 채널 {inputs}개를 읽음</translation>
    </message>
    <message>
        <source>{name}: {outputs} filters {k}×{k}</source>
        <translation>{name}: {k}×{k} 필터 {outputs}개</translation>
    </message>
    <message>
        <source>{n:,} of {total:,} kernels in view</source>
        <translation>커널 {total:,}개 중 {n:,}개 보임</translation>
    </message>
    <message>
        <source>Convolution layer</source>
        <translation>합성곱 층</translation>
    </message>
</context>
<context>
    <name>Find</name>
    <message>
        <source>A page, a recipe or a data set</source>
        <translation>화면, 레시피, 데이터셋</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>찾기</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>찾은 것</translation>
    </message>
    <message>
        <source>Nothing is called that here.</source>
        <translation>그런 이름은 없어요.</translation>
    </message>
</context>
<context>
    <name>FindingCard</name>
    <message>
        <source>spoils results</source>
        <translation>결과를 망침</translation>
    </message>
    <message>
        <source>look here</source>
        <translation>살펴보기</translation>
    </message>
    <message>
        <source>good to know</source>
        <translation>알아 두기</translation>
    </message>
    <message>
        <source>{n} in {part}</source>
        <translation>{part}에 {n}개</translation>
    </message>
    <message>
        <source>Look in {part}</source>
        <translation>{part}에서 보기</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>학습용</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>시험용</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>Judged at each check from the curves and from what lies behind them.</source>
        <translation>검증 때마다 곡선과 그 뒤의 값으로 판단해요.</translation>
    </message>
</context>
<context>
    <name>FirstSteps</name>
    <message>
        <source>Draw a digit here with the mouse. A network answers while you draw.</source>
        <translation>여기에 마우스로 숫자를 그려 보세요. 그리는 동안 신경망이 답해요.</translation>
    </message>
    <message>
        <source>Each tab is a laboratory of its own and begins with one click. Ctrl+1 to Ctrl+9 go there.</source>
        <translation>탭마다 실험실이 하나씩 있고, 한 번 누르면 시작돼요. Ctrl+1부터 Ctrl+9까지로도 가요.</translation>
    </message>
    <message>
        <source>Rest the pointer on anything and press F1: it says what it is, in words and as a formula.</source>
        <translation>무엇이든 포인터를 올리고 F1을 누르면, 그것이 무엇인지 글과 식으로 알려 줘요.</translation>
    </message>
    <message>
        <source>Here is what came with the app, and what can be downloaded and why. All else works offline.</source>
        <translation>앱에 들어 있는 것과, 무엇을 왜 내려받을 수 있는지 여기 있어요. 나머지는 모두 인터넷 없이 돼요.</translation>
    </message>
</context>
<context>
    <name>FolderChoice</name>
    <message>
        <source>Folder of pictures…</source>
        <translation>그림 폴더…</translation>
    </message>
    <message>
        <source>Back to the recipe’s own data</source>
        <translation>레시피의 데이터로 돌아가기</translation>
    </message>
    <message>
        <source>Or let it learn from any folder of yours.</source>
        <translation>내 그림이 든 폴더로 배우게 할 수도 있어요.</translation>
    </message>
    <message>
        <source>First choose a folder, or drop one here: 30 pictures or more.</source>
        <translation>먼저 폴더를 고르거나 여기에 끌어다 놓으세요. 그림 30장 이상이 필요해요.</translation>
    </message>
    <message>
        <source>Cut to squares; folders inside it become classes.</source>
        <translation>정사각형으로 잘라요. 안에 든 폴더는 클래스가 돼요.</translation>
    </message>
</context>
<context>
    <name>FolderRow</name>
    <message>
        <source>Choose a folder</source>
        <translation>폴더 고르기</translation>
    </message>
    <message>
        <source>No folder chosen yet</source>
        <translation>아직 고른 폴더가 없어요</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>Write a whole number, for example {n}.</source>
        <translation>정수로 적어 주세요. 예: {n}</translation>
    </message>
    <message>
        <source>Write a number with a point, for example 0.5.</source>
        <translation>소수점으로 적어 주세요. 예: 0.5</translation>
    </message>
</context>
<context>
    <name>FrameworksPane</name>
    <message>
        <source>What the course said of the frameworks, and what has changed since (as known in {when}).</source>
        <translation>강의가 프레임워크에 대해 한 말과 그 뒤에 달라진 것이에요({when} 기준).</translation>
    </message>
    <message>
        <source>slide said</source>
        <translation>강의 값</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>종료됨</translation>
    </message>
</context>
<context>
    <name>FreezeSlider</name>
    <message>
        <source>none, all of it learns</source>
        <translation>없음, 모두 배워요</translation>
    </message>
    <message>
        <source>all, only the head learns</source>
        <translation>모두, 헤드만 배워요</translation>
    </message>
    <message>
        <source>the first {n} of {all}</source>
        <translation>{all}개 중 앞 {n}개</translation>
    </message>
</context>
<context>
    <name>GameAbsent</name>
    <message>
        <source>{game} cannot be opened here</source>
        <translation>{game} 게임을 여기서는 열 수 없어요</translation>
    </message>
</context>
<context>
    <name>GameCards</name>
    <message>
        <source>Ours: learnt in minutes</source>
        <translation>우리 게임: 몇 분이면 배워요</translation>
    </message>
    <message>
        <source>Atari: learnt in hours</source>
        <translation>아타리: 몇 시간 걸려요</translation>
    </message>
    <message>
        <source>More games</source>
        <translation>다른 게임</translation>
    </message>
    <message>
        <source>{n} more games…</source>
        <translation>다른 게임 {n}개…</translation>
    </message>
</context>
<context>
    <name>GameChart</name>
    <message>
        <source>step {n:,.0f}</source>
        <translation>{n:,.0f}스텝</translation>
    </message>
</context>
<context>
    <name>GameTimeline</name>
    <message>
        <source>step {n}</source>
        <translation>{n}스텝</translation>
    </message>
</context>
<context>
    <name>GanFlow</name>
    <message>
        <source>Counterfeiter</source>
        <translation>위조범</translation>
    </message>
    <message>
        <source>Police</source>
        <translation>경찰</translation>
    </message>
    <message>
        <source>real x</source>
        <translation>진짜 x</translation>
    </message>
    <message>
        <source>fake G(z)</source>
        <translation>가짜 G(z)</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>얼림</translation>
    </message>
    <message>
        <source>learns</source>
        <translation>배움</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>기울기 ∇</translation>
    </message>
    <message>
        <source>target ‘{n}’</source>
        <translation>목표 ‘{n}’</translation>
    </message>
    <message>
        <source>Counterfeiter and police</source>
        <translation>위조범과 경찰</translation>
    </message>
</context>
<context>
    <name>GanFormula</name>
    <message>
        <source>loss D {d:.3f}, loss G {g:.3f}</source>
        <translation>D 손실 {d:.3f}, G 손실 {g:.3f}</translation>
    </message>
    <message>
        <source>−1.386 where the police can only guess; 0 where they never err.</source>
        <translation>경찰이 찍기만 하면 −1.386, 틀리지 않으면 0이에요.</translation>
    </message>
    <message>
        <source>slide note</source>
        <translation>강의 자료 메모</translation>
    </message>
    <message>
        <source>The slide’s headings are swapped: max belongs to the discriminator, min to the generator.</source>
        <translation>슬라이드의 제목이 바뀌었어요. max는 판별기, min은 생성기의 것이에요.</translation>
    </message>
    <message>
        <source>The min–max formula with this round’s numbers</source>
        <translation>이번 판의 값을 넣은 min–max 공식</translation>
    </message>
</context>
<context>
    <name>GanMoves</name>
    <message>
        <source>Make one move after the other, or press Play below.</source>
        <translation>한 수씩 두거나 아래 재생을 눌러 보세요.</translation>
    </message>
    <message>
        <source>1  D on real</source>
        <translation>1  D: 진짜</translation>
    </message>
    <message>
        <source>2  G makes</source>
        <translation>2  G: 만들기</translation>
    </message>
    <message>
        <source>3  D on fakes</source>
        <translation>3  D: 가짜</translation>
    </message>
    <message>
        <source>4  G against D</source>
        <translation>4  G: D 속이기</translation>
    </message>
    <message>
        <source>slow</source>
        <translation>느리게</translation>
    </message>
    <message>
        <source>walk</source>
        <translation>보통</translation>
    </message>
    <message>
        <source>fast</source>
        <translation>빠르게</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Tabs</source>
        <translation>탭</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Find anything (Ctrl+K)</source>
        <translation>찾기 (Ctrl+K)</translation>
    </message>
    <message>
        <source>Models: what is here, what can be downloaded</source>
        <translation>모델: 있는 것과 받을 수 있는 것</translation>
    </message>
    <message>
        <source>What is this? (F1)</source>
        <translation>이게 뭐예요? (F1)</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>밝은 테마</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>어두운 테마</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Home</source>
        <translation>홈</translation>
    </message>
    <message>
        <source>Draw a digit</source>
        <translation>숫자를 그려 보세요</translation>
    </message>
    <message>
        <source>A network answers while you draw. It learnt from 60,000 handwritten digits, on a computer like this one.</source>
        <translation>그리는 동안 신경망이 바로 답해요. 이런 컴퓨터에서 손글씨 숫자 60,000개로 배웠어요.</translation>
    </message>
    <message>
        <source>Watch it learn from zero</source>
        <translation>처음부터 배우는 과정 보기</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Clear the pad (Del)</source>
        <translation>그림판 지우기 (Del)</translation>
    </message>
    <message>
        <source>Network sees</source>
        <translation>신경망이 보는 것</translation>
    </message>
    <message>
        <source>scaled to 20 pixels, then moved so that its weight sits in the middle: the way MNIST was made</source>
        <translation>20픽셀로 줄이고 무게중심을 가운데로: MNIST를 만든 방법 그대로예요</translation>
    </message>
    <message>
        <source>Layers 1 to 6, strongest maps</source>
        <translation>1~6번 층에서 가장 강한 맵</translation>
    </message>
    <message>
        <source>your run of {recipe}</source>
        <translation>내가 학습한 {recipe}</translation>
    </message>
    <message>
        <source>bundled network</source>
        <translation>내장 신경망</translation>
    </message>
</context>
<context>
    <name>IlsvrcPane</name>
    <message>
        <source>Error of the winners: how often the right class was not among five answers. Click a year.</source>
        <translation>우승팀의 오류: 답 다섯 개 안에 정답이 없던 비율이에요. 연도를 눌러 보세요.</translation>
    </message>
    <message>
        <source>from papers</source>
        <translation>논문 값</translation>
    </message>
    <message>
        <source>ImageNet error by year</source>
        <translation>연도별 ImageNet 오류</translation>
    </message>
    <message>
        <source>Show the network</source>
        <translation>신경망 보기</translation>
    </message>
    <message>
        <source>Challenge results 2010–2017; a person: A. Karpathy, in Russakovsky et al., IJCV 2015.</source>
        <translation>2010–2017년 대회 결과. 사람: A. Karpathy, Russakovsky et al., IJCV 2015.</translation>
    </message>
    <message>
        <source>a person, {error:g} %</source>
        <translation>사람, {error:g} %</translation>
    </message>
</context>
<context>
    <name>Instead</name>
    <message>
        <source>Open a folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Show the bundled digits</source>
        <translation>내장 숫자 보기</translation>
    </message>
    <message>
        <source>{done} of {total} so far.</source>
        <translation>{total} 중 {done}까지 읽었어요.</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>{name} 읽는 중</translation>
    </message>
    <message>
        <source>{name} is not on this machine yet</source>
        <translation>{name} 데이터가 아직 이 컴퓨터에 없어요</translation>
    </message>
    <message>
        <source>Open the folder with its files, as its publisher packs them. The bundled digits work without it.</source>
        <translation>배포된 그대로의 파일이 든 폴더를 열어 주세요. 내장 숫자는 없어도 볼 수 있어요.</translation>
    </message>
    <message>
        <source>This could not be opened</source>
        <translation>열지 못했어요</translation>
    </message>
    <message>
        <source>No pictures here yet</source>
        <translation>아직 사진이 없어요</translation>
    </message>
    <message>
        <source>Open a folder of pictures, or start with the 5,000 digits that came with the app.</source>
        <translation>사진 폴더를 열거나, 앱에 들어 있는 숫자 5,000개로 시작해 보세요.</translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>One step (.)</source>
        <translation>한 스텝 (.)</translation>
    </message>
    <message>
        <source>One epoch (E)</source>
        <translation>에폭 하나 (E)</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행</translation>
    </message>
    <message>
        <source>estimate</source>
        <translation>추정</translation>
    </message>
    <message>
        <source>Stopping; what was made is kept.</source>
        <translation>멈추는 중이에요. 만든 것은 남아요.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시정지</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>일시정지됨</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>실행 중</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>다시 시작</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
</context>
<context>
    <name>KernelEditor</name>
    <message>
        <source>Divide the sum by</source>
        <translation>합을 나누는 수</translation>
    </message>
    <message>
        <source>Weight in row {row}, column {column}</source>
        <translation>{row}행 {column}열 가중치</translation>
    </message>
    <message>
        <source>Numbers only, and never divide by 0.</source>
        <translation>숫자만 쓸 수 있고, 0으로는 나눌 수 없어요.</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Point at anything, or move to it with Tab, and press F1: it explains itself.</source>
        <translation>궁금한 것을 가리키거나 Tab으로 옮겨 간 뒤 F1을 눌러 보세요. 설명이 나와요.</translation>
    </message>
    <message>
        <source>go to a tab</source>
        <translation>탭 이동</translation>
    </message>
    <message>
        <source>find a page, a recipe or a data set</source>
        <translation>화면, 레시피, 데이터셋 찾기</translation>
    </message>
    <message>
        <source>what is this?</source>
        <translation>이게 뭐예요?</translation>
    </message>
    <message>
        <source>next column</source>
        <translation>다음 칸</translation>
    </message>
    <message>
        <source>projector: larger, only the stage</source>
        <translation>프로젝터: 더 크게, 가운데만</translation>
    </message>
    <message>
        <source>pause or go on</source>
        <translation>일시정지, 계속</translation>
    </message>
    <message>
        <source>one step</source>
        <translation>한 스텝</translation>
    </message>
    <message>
        <source>in Live: snapshot, record, overlay, cover faces</source>
        <translation>라이브: 사진 저장, 녹화, 오버레이, 얼굴 가리기</translation>
    </message>
    <message>
        <source>clear the pad</source>
        <translation>그림판 지우기</translation>
    </message>
    <message>
        <source>leave the projector, close a dialog</source>
        <translation>프로젝터 끝내기, 창 닫기</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>Knobs</name>
    <message>
        <source>was {old} until step {step:,}</source>
        <translation>{step:,}스텝까지 {old}</translation>
    </message>
    <message>
        <source>Window, pixels</source>
        <translation>창 크기(픽셀)</translation>
    </message>
    <message>
        <source>Step, pixels</source>
        <translation>보폭(픽셀)</translation>
    </message>
    <message>
        <source>Proposals looked at</source>
        <translation>살펴볼 후보 수</translation>
    </message>
    <message>
        <source>Least margin of the SVM</source>
        <translation>SVM의 최소 여유</translation>
    </message>
    <message>
        <source>Least score</source>
        <translation>최소 점수</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>보는 횟수</translation>
    </message>
    <message>
        <source>SVM taught on</source>
        <translation>SVM이 배운 것</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>신경망</translation>
    </message>
    <message>
        <source>Faces (come with the app)</source>
        <translation>얼굴(앱에 들어 있음)</translation>
    </message>
</context>
<context>
    <name>LabKnobs</name>
    <message>
        <source>Kernel</source>
        <translation>커널</translation>
    </message>
    <message>
        <source>Padding</source>
        <translation>패딩</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>채널</translation>
    </message>
    <message>
        <source>After the sum</source>
        <translation>합한 다음</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>풀링</translation>
    </message>
    <message>
        <source>valid</source>
        <translation>valid</translation>
    </message>
    <message>
        <source>same</source>
        <translation>same</translation>
    </message>
    <message>
        <source>each alone</source>
        <translation>따로</translation>
    </message>
    <message>
        <source>added up</source>
        <translation>합</translation>
    </message>
    <message>
        <source>ReLU</source>
        <translation>ReLU</translation>
    </message>
    <message>
        <source>both signs</source>
        <translation>부호 그대로</translation>
    </message>
    <message>
        <source>size only</source>
        <translation>크기만</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>max</source>
        <translation>최대</translation>
    </message>
    <message>
        <source>average</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>Size of the kernel</source>
        <translation>커널 크기</translation>
    </message>
    <message>
        <source>Stride</source>
        <translation>보폭</translation>
    </message>
    <message>
        <source>Pooling window</source>
        <translation>풀링 창</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>직접 입력</translation>
    </message>
    <message>
        <source>Your own numbers. They act at once.</source>
        <translation>직접 적은 숫자예요. 바로 반영돼요.</translation>
    </message>
</context>
<context>
    <name>LabView</name>
    <message>
        <source>On the picture</source>
        <translation>사진에서</translation>
    </message>
    <message>
        <source>The lectures’ tables</source>
        <translation>강의의 표</translation>
    </message>
    <message>
        <source>How far it sees</source>
        <translation>보는 넓이</translation>
    </message>
    <message>
        <source>Shapes</source>
        <translation>크기 계산</translation>
    </message>
    <message>
        <source>What the lab shows</source>
        <translation>실험실에서 볼 것</translation>
    </message>
</context>
<context>
    <name>LatentPage</name>
    <message>
        <source>Latent</source>
        <translation>잠재 공간</translation>
    </message>
</context>
<context>
    <name>LatentView</name>
    <message>
        <source>Learn</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>탐색</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>방</translation>
    </message>
</context>
<context>
    <name>LearnRoom</name>
    <message>
        <source>round {n:,}</source>
        <translation>{n:,}판</translation>
    </message>
    <message>
        <source>epoch {epoch:.2f} of {epochs:g} · {speed:,.0f} images/s</source>
        <translation>에폭 {epoch:.2f} / {epochs:g} · 초당 {speed:,.0f}장</translation>
    </message>
    <message>
        <source>about {m:.0f} min left</source>
        <translation>약 {m:.0f}분 남음</translation>
    </message>
    <message>
        <source>about {s:.0f} s left</source>
        <translation>약 {s:.0f}초 남음</translation>
    </message>
    <message>
        <source>Stopped. What it learnt is kept and can be resumed.</source>
        <translation>멈췄어요. 배운 것은 남아 있고 이어 할 수 있어요.</translation>
    </message>
    <message>
        <source>Ended by an error; the note above says why.</source>
        <translation>오류로 끝났어요. 이유는 위 알림에 있어요.</translation>
    </message>
    <message>
        <source>Done in {s:,.0f} s: {n:,} steps. Explore it in the next room.</source>
        <translation>{s:,.0f}초, {n:,}스텝 만에 끝났어요. 옆방에서 탐색해 보세요.</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>재생</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Playing</source>
        <translation>게임 중</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>학습 중</translation>
    </message>
</context>
<context>
    <name>LearnSetup</name>
    <message>
        <source>go on: {name}</source>
        <translation>이어 하기: {name}</translation>
    </message>
    <message>
        <source>begin anew</source>
        <translation>새로 시작</translation>
    </message>
    <message>
        <source>What to learn</source>
        <translation>배울 것</translation>
    </message>
    <message>
        <source>Real points</source>
        <translation>진짜 점</translation>
    </message>
    <message>
        <source>Knobs</source>
        <translation>조절</translation>
    </message>
    <message>
        <source>Set before the start</source>
        <translation>시작 전에 정하기</translation>
    </message>
    <message>
        <source>Real pictures</source>
        <translation>진짜 그림</translation>
    </message>
    <message>
        <source>Or draw your own on the board.</source>
        <translation>판에 직접 그려도 돼요.</translation>
    </message>
    <message>
        <source>Where fakes are pushed</source>
        <translation>가짜가 밀리는 방향</translation>
    </message>
    <message>
        <source>The generator’s sheet</source>
        <translation>생성기의 판</translation>
    </message>
    <message>
        <source>Begin anew or go on</source>
        <translation>새로 시작 또는 이어 하기</translation>
    </message>
</context>
<context>
    <name>LearnSide</name>
    <message>
        <source>Of the one that came with the app, on {n:,} samples.</source>
        <translation>앱에 들어 있는 생성기의 값이에요. 표본 {n:,}장으로 쟀어요.</translation>
    </message>
    <message>
        <source>Gaussian σ 0.1</source>
        <translation>가우스 σ 0.1</translation>
    </message>
    <message>
        <source>Gaussian σ 0.2</source>
        <translation>가우스 σ 0.2</translation>
    </message>
    <message>
        <source>30 % put out</source>
        <translation>30 % 끔</translation>
    </message>
    <message>
        <source>60 % put out</source>
        <translation>60 % 끔</translation>
    </message>
    <message>
        <source>{noise}: {before:.1f} → {after:.1f} dB, a 3×3 median {median:.1f} dB</source>
        <translation>{noise}: {before:.1f} → {after:.1f} dB, 3×3 중앙값 필터 {median:.1f} dB</translation>
    </message>
    <message>
        <source>On {n:,} photographs it never saw:</source>
        <translation>배우지 않은 사진 {n:,}장에서:</translation>
    </message>
    <message>
        <source>Fréchet distance</source>
        <translation>프레셰 거리</translation>
    </message>
    <message>
        <source>Fréchet distance, real ones</source>
        <translation>프레셰 거리, 진짜끼리</translation>
    </message>
    <message>
        <source>Read with confidence</source>
        <translation>자신 있게 읽은 비율</translation>
    </message>
    <message>
        <source>Rarest class</source>
        <translation>가장 드문 클래스</translation>
    </message>
    <message>
        <source>Most frequent class</source>
        <translation>가장 흔한 클래스</translation>
    </message>
    <message>
        <source>Score (1 to classes)</source>
        <translation>점수 (1~클래스 수)</translation>
    </message>
    <message>
        <source>Variety reached</source>
        <translation>다양함</translation>
    </message>
    <message>
        <source>Spread beside real</source>
        <translation>진짜 대비 퍼짐</translation>
    </message>
    <message>
        <source>ELBO, nats</source>
        <translation>ELBO (nats)</translation>
    </message>
    <message>
        <source>KL, nats</source>
        <translation>KL (nats)</translation>
    </message>
    <message>
        <source>Reconstruction error</source>
        <translation>복원 오차</translation>
    </message>
    <message>
        <source>Free energy</source>
        <translation>자유 에너지</translation>
    </message>
    <message>
        <source>Noise removed</source>
        <translation>사라진 잡음</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>라벨</translation>
    </message>
    <message>
        <source>Test error, pre-trained</source>
        <translation>시험 오류, 사전 학습</translation>
    </message>
    <message>
        <source>Test error, from nothing</source>
        <translation>시험 오류, 처음부터</translation>
    </message>
    <message>
        <source>Errors saved</source>
        <translation>줄어든 오류</translation>
    </message>
    <message>
        <source>The contest in numbers</source>
        <translation>숫자로 보는 대결</translation>
    </message>
    <message>
        <source>Parts by name</source>
        <translation>부분과 이름</translation>
    </message>
    <message>
        <source>Measured at the last check</source>
        <translation>마지막 검증에서 잰 값</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>문제</translation>
    </message>
    <message>
        <source>Tunes it learns from</source>
        <translation>배우는 곡</translation>
    </message>
</context>
<context>
    <name>LearnStage</name>
    <message>
        <source>one of its games</source>
        <translation>하고 있는 게임 하나</translation>
    </message>
    <message>
        <source>The replay memory was not kept: it fills again for {n:,} steps.</source>
        <translation>재생 기억은 저장하지 않아요. {n:,}스텝 동안 다시 채워요.</translation>
    </message>
    <message>
        <source>Filling the replay memory with random moves</source>
        <translation>무작위 행동으로 재생 기억을 채우는 중</translation>
    </message>
    <message>
        <source>{steps:,} steps · replay memory up to {mib:,.0f} MiB</source>
        <translation>{steps:,}스텝 · 재생 기억 최대 {mib:,.0f} MiB</translation>
    </message>
    <message>
        <source>Q; sand: target network</source>
        <translation>Q, 모래색은 목표 신경망</translation>
    </message>
    <message>
        <source>Score of each game; dots: checks at ε 0.01</source>
        <translation>판마다 점수. 점: ε 0.01 점검</translation>
    </message>
    <message>
        <source>How the bundled agent learnt: mean score of each check</source>
        <translation>내장 에이전트가 배운 과정: 점검마다의 평균 점수</translation>
    </message>
    <message>
        <source>check</source>
        <translation>점검</translation>
    </message>
    <message>
        <source>Loss; marks: target synced</source>
        <translation>손실. 표시: 목표 맞춤</translation>
    </message>
    <message>
        <source>Exploration ε</source>
        <translation>탐험 ε</translation>
    </message>
    <message>
        <source>Steps a second</source>
        <translation>초당 스텝</translation>
    </message>
    <message>
        <source>What surprised it: target − Q</source>
        <translation>놀란 장면: 목표 − Q</translation>
    </message>
    <message>
        <source>Press Start below</source>
        <translation>아래 시작을 누르세요</translation>
    </message>
</context>
<context>
    <name>Lens</name>
    <message>
        <source>Look</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>말로</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>수식</translation>
    </message>
    <message>
        <source>Keep this explanation (F1)</source>
        <translation>설명 고정 (F1)</translation>
    </message>
    <message>
        <source>Open the explanation</source>
        <translation>설명 펼치기</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>설명</translation>
    </message>
    <message>
        <source>What is this?</source>
        <translation>이게 뭐예요?</translation>
    </message>
    <message>
        <source>Rest the pointer on anything here, and this card explains it.</source>
        <translation>궁금한 것 위에 포인터를 잠시 두면 여기에 설명이 나와요.</translation>
    </message>
</context>
<context>
    <name>LineagePane</name>
    <message>
        <source>Lineage of networks</source>
        <translation>신경망의 계보</translation>
    </message>
    <message>
        <source>Layers of the network</source>
        <translation>신경망의 층</translation>
    </message>
    <message>
        <source>extracts features</source>
        <translation>특징 추출</translation>
    </message>
    <message>
        <source>classifies</source>
        <translation>분류</translation>
    </message>
    <message>
        <source>Train a small version</source>
        <translation>작은 버전 학습</translation>
    </message>
    <message>
        <source>Time it here</source>
        <translation>여기서 시간 재기</translation>
    </message>
    <message>
        <source>In full size, for one picture of 224 × 224 (LeNet-5: 28 × 28). M is a million; error: top five, 2012–2015.</source>
        <translation>원래 크기로, 224 × 224 그림 한 장 기준이에요(LeNet-5는 28 × 28). M은 백만, 오류는 2012–2015년 top-5예요.</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>파라미터</translation>
    </message>
    <message>
        <source>Multiplications</source>
        <translation>곱셈</translation>
    </message>
    <message>
        <source>Here, one picture</source>
        <translation>여기서 그림 한 장</translation>
    </message>
    <message>
        <source>ImageNet error</source>
        <translation>ImageNet 오류</translation>
    </message>
</context>
<context>
    <name>LineageRoom</name>
    <message>
        <source>Networks</source>
        <translation>신경망</translation>
    </message>
    <message>
        <source>Lineage</source>
        <translation>계보</translation>
    </message>
    <message>
        <source>ImageNet</source>
        <translation>ImageNet</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>블록</translation>
    </message>
    <message>
        <source>Skips</source>
        <translation>건너뛰는 길</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Frameworks</source>
        <translation>프레임워크</translation>
    </message>
    <message>
        <source>Back to the charts</source>
        <translation>차트로 돌아가기</translation>
    </message>
</context>
<context>
    <name>LiveBar</name>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시정지</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>Stop and let go of the camera</source>
        <translation>멈추고 카메라를 놓아요</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>녹화</translation>
    </message>
    <message>
        <source>Record what is shown, and the results beside it (R)</source>
        <translation>보이는 그대로 녹화하고 결과도 함께 저장해요 (R)</translation>
    </message>
    <message>
        <source>End the recording</source>
        <translation>녹화 끝내기</translation>
    </message>
    <message>
        <source>capture</source>
        <translation>읽기</translation>
    </message>
    <message>
        <source>prepare</source>
        <translation>준비</translation>
    </message>
    <message>
        <source>infer</source>
        <translation>추론</translation>
    </message>
    <message>
        <source>draw</source>
        <translation>그리기</translation>
    </message>
    <message>
        <source>Milliseconds of each step</source>
        <translation>단계마다 걸린 밀리초</translation>
    </message>
</context>
<context>
    <name>LiveKeep</name>
    <message>
        <source>Open folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Saved: {file}</source>
        <translation>저장됨: {file}</translation>
    </message>
</context>
<context>
    <name>LivePage</name>
    <message>
        <source>Live</source>
        <translation>라이브</translation>
    </message>
</context>
<context>
    <name>LivePanes</name>
    <message>
        <source>Opening: {names}</source>
        <translation>여는 중: {names}</translation>
    </message>
    <message>
        <source>Switch on a second network at the left</source>
        <translation>왼쪽에서 두 번째 신경망을 켜세요</translation>
    </message>
</context>
<context>
    <name>LiveReading</name>
    <message>
        <source>The network says</source>
        <translation>신경망의 답</translation>
    </message>
    <message>
        <source>The chosen object</source>
        <translation>고른 물체</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>live</source>
        <translation>라이브</translation>
    </message>
    <message>
        <source>The five likeliest names</source>
        <translation>가장 그럴듯한 이름 다섯</translation>
    </message>
    <message>
        <source>Classes in the picture; Enter shows one alone</source>
        <translation>화면에 있는 클래스. Enter를 누르면 하나만 보여요</translation>
    </message>
    <message>
        <source>The chosen object, cut out</source>
        <translation>고른 물체를 잘라 낸 사진</translation>
    </message>
    <message>
        <source>Start a source, and what the networks see in it stands here: names, objects, areas, speed.</source>
        <translation>시작을 누르면 신경망이 본 것이 여기에 나와요. 이름, 물체, 영역, 속도예요.</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>버린 사진</translation>
    </message>
    <message>
        <source>Not sure: no answer above 50 %. Show one thing alone, and larger.</source>
        <translation>잘 모르겠어요. 50 %를 넘는 답이 없어요. 물건 하나만 더 크게 보여 주세요.</translation>
    </message>
    <message>
        <source>{name}, or a little like: {other}</source>
        <translation>{name}, 조금 비슷한 것: {other}</translation>
    </message>
    <message>
        <source>No digits on paper yet.</source>
        <translation>아직 종이 위에 숫자가 없어요.</translation>
    </message>
    <message>
        <source>faces covered</source>
        <translation>가린 얼굴</translation>
    </message>
    <message>
        <source>What covers the picture</source>
        <translation>화면을 덮은 것</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>찾은 것</translation>
    </message>
    <message>
        <source>share of pixels</source>
        <translation>픽셀 비율</translation>
    </message>
    <message>
        <source>how many now</source>
        <translation>지금 개수</translation>
    </message>
    <message>
        <source>frames/s</source>
        <translation>장/초</translation>
    </message>
    <message>
        <source>seen lately</source>
        <translation>최근에 본 속도</translation>
    </message>
    <message>
        <source>newest frame wins</source>
        <translation>가장 새 사진만 써요</translation>
    </message>
    <message>
        <source>covered face</source>
        <translation>가린 얼굴</translation>
    </message>
    <message>
        <source>number {n}</source>
        <translation>{n}번</translation>
    </message>
</context>
<context>
    <name>LiveSetup</name>
    <message>
        <source>Source</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>Laid over the picture</source>
        <translation>화면에 얹기</translation>
    </message>
    <message>
        <source>How it is shown</source>
        <translation>보이는 방식</translation>
    </message>
    <message>
        <source>Damage the picture</source>
        <translation>사진 손상</translation>
    </message>
    <message>
        <source>As in a mirror</source>
        <translation>거울처럼</translation>
    </message>
    <message>
        <source>Two networks side by side</source>
        <translation>신경망 두 개를 나란히</translation>
    </message>
    <message>
        <source>Only these: car, person</source>
        <translation>이것만: 자동차, 사람</translation>
    </message>
    <message>
        <source>Only these classes, by name, with commas</source>
        <translation>보여 줄 클래스 이름, 쉼표로 나눠 쓰기</translation>
    </message>
    <message>
        <source>Undo all damage</source>
        <translation>손상 모두 되돌리기</translation>
    </message>
</context>
<context>
    <name>LiveStage</name>
    <message>
        <source>Live picture</source>
        <translation>실시간 화면</translation>
    </message>
    <message>
        <source>The same picture, as the second network sees it</source>
        <translation>같은 사진을 두 번째 신경망이 본 모습</translation>
    </message>
    <message>
        <source>Snapshot, with and without what lies over it (S)</source>
        <translation>사진 저장, 얹은 것이 있는 것과 없는 것 둘 다 (S)</translation>
    </message>
    <message>
        <source>Cover all faces now (B)</source>
        <translation>지금 모든 얼굴 가리기 (B)</translation>
    </message>
    <message>
        <source>Ways to look at the picture</source>
        <translation>사진을 보는 방법</translation>
    </message>
    <message>
        <source>Watch the tour</source>
        <translation>내장 영상 보기</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>다시 찾기</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Ready: {source}</source>
        <translation>준비됨: {source}</translation>
    </message>
    <message>
        <source>Press Start, or the space bar. What the network sees appears over the picture.</source>
        <translation>시작이나 스페이스 바를 눌러 보세요. 신경망이 본 것이 사진 위에 나와요.</translation>
    </message>
    <message>
        <source>Looking for cameras</source>
        <translation>카메라 찾는 중</translation>
    </message>
    <message>
        <source>Or choose a file, the screen or the tour at the left.</source>
        <translation>왼쪽에서 파일, 화면, 내장 영상을 골라도 돼요.</translation>
    </message>
    <message>
        <source>No camera found</source>
        <translation>카메라를 찾지 못했어요</translation>
    </message>
    <message>
        <source>Plug one in and it appears here, or watch the bundled tour.</source>
        <translation>카메라를 연결하면 여기에 나와요. 내장 영상을 볼 수도 있어요.</translation>
    </message>
    <message>
        <source>Opening {source}</source>
        <translation>여는 중: {source}</translation>
    </message>
    <message>
        <source>This source stopped</source>
        <translation>입력이 멈췄어요</translation>
    </message>
    <message>
        <source>Hide what lies over the picture (O)</source>
        <translation>얹은 것 숨기기 (O)</translation>
    </message>
    <message>
        <source>Show it again (O)</source>
        <translation>다시 보기 (O)</translation>
    </message>
</context>
<context>
    <name>LiveStyle</name>
    <message>
        <source>Painted like</source>
        <translation>화풍</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>세기</translation>
    </message>
</context>
<context>
    <name>LiveView</name>
    <message>
        <source>Bring a YOLO file (ONNX)</source>
        <translation>YOLO 파일 추가 (ONNX)</translation>
    </message>
    <message>
        <source>age {ms:.0f} ms</source>
        <translation>나이 {ms:.0f} ms</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>일시정지</translation>
    </message>
    <message>
        <source>live</source>
        <translation>라이브</translation>
    </message>
</context>
<context>
    <name>MachineCard</name>
    <message>
        <source>On this machine</source>
        <translation>이 컴퓨터에 있는 것</translation>
    </message>
    <message>
        <source>Deep CNN</source>
        <translation>깊은 CNN</translation>
    </message>
    <message>
        <source>5,000 digits</source>
        <translation>숫자 5,000개</translation>
    </message>
    <message>
        <source>1,797 small digits</source>
        <translation>작은 숫자 1,797개</translation>
    </message>
    <message>
        <source>bundled</source>
        <translation>내장</translation>
    </message>
    <message>
        <source>A part of MNIST, 28×28. Enough to train on.</source>
        <translation>MNIST의 일부, 28×28. 학습하기에 충분해요.</translation>
    </message>
    <message>
        <source>8×8 pixels: a network learns them in seconds.</source>
        <translation>8×8픽셀이라 몇 초면 배워요.</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>What can be downloaded</source>
        <translation>내려받을 수 있는 것</translation>
    </message>
    <message>
        <source>No weights came with this copy. Train them first.</source>
        <translation>가중치가 들어 있지 않아요. 먼저 학습해 보세요.</translation>
    </message>
    <message>
        <source>measured {accuracy:.2f} % on {count:,} test digits · {kib:,.0f} KB</source>
        <translation>시험 숫자 {count:,}개에서 측정 {accuracy:.2f} % · {kib:,.0f} KB</translation>
    </message>
    <message>
        <source>here</source>
        <translation>있음</translation>
    </message>
    <message>
        <source>not here</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>70,000 digits in {folder}</source>
        <translation>숫자 70,000개, 폴더 {folder}</translation>
    </message>
    <message>
        <source>Optional: 70,000 digits. Say in which folder its four files lie.</source>
        <translation>선택: 숫자 70,000개. 파일 네 개가 든 폴더를 알려 주세요.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>What is here, what can be downloaded</source>
        <translation>있는 것과 받을 수 있는 것</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Four sentences on where everything is</source>
        <translation>어디에 무엇이 있는지 네 문장으로</translation>
    </message>
    <message>
        <source>A short tour</source>
        <translation>짧은 안내</translation>
    </message>
</context>
<context>
    <name>MakeDialog</name>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>폴더 보기</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행</translation>
    </message>
</context>
<context>
    <name>MakeMenu</name>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Make a split…</source>
        <translation>나눔 만들기…</translation>
    </message>
    <message>
        <source>Capture from a camera…</source>
        <translation>카메라로 담기…</translation>
    </message>
    <message>
        <source>Make a set</source>
        <translation>데이터셋 만들기</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>What is compared</source>
        <translation>비교할 특징</translation>
    </message>
    <message>
        <source>How it is laid out</source>
        <translation>배치 방법</translation>
    </message>
    <message>
        <source>How many points</source>
        <translation>점의 수</translation>
    </message>
    <message>
        <source>Lasso: draw round points to pick them (L)</source>
        <translation>올가미: 점을 둘러 그려 고르기 (L)</translation>
    </message>
    <message>
        <source>Show the whole map (double click)</source>
        <translation>지도 전체 보기 (두 번 클릭)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>Lay out again</source>
        <translation>다시 배치</translation>
    </message>
    <message>
        <source>Progress of the map</source>
        <translation>지도 진행률</translation>
    </message>
    <message>
        <source>Map of the set; arrows move, plus and minus zoom, L lassoes</source>
        <translation>데이터 지도. 화살표로 이동, 더하기와 빼기로 확대·축소, L로 올가미</translation>
    </message>
    <message>
        <source>Classes on the map; Space hides or shows one</source>
        <translation>지도의 클래스. 스페이스로 숨기거나 보여요</translation>
    </message>
    <message>
        <source>The set has fewer</source>
        <translation>이보다 적게 들어 있어요</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>픽셀</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>신경망</translation>
    </message>
    <message>
        <source>All {n}</source>
        <translation>전체 {n}</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>이름표 없음</translation>
    </message>
    <message>
        <source>The map could not be made</source>
        <translation>지도를 만들지 못했어요</translation>
    </message>
    <message>
        <source>{what}: {done} of {total}</source>
        <translation>{what}: {done} / {total}</translation>
    </message>
    <message>
        <source>{n} of {total} points</source>
        <translation>점 {n} / {total}개</translation>
    </message>
    <message>
        <source>{n} picked: Pictures shows only them. Esc lets them go.</source>
        <translation>{n}개를 골랐어요. ‘그림’에 이것만 보여요. Esc를 누르면 풀려요.</translation>
    </message>
    <message>
        <source>two directions hold {share} of the spread</source>
        <translation>두 방향에 담긴 퍼짐: {share}</translation>
    </message>
    <message>
        <source>stopped at step {done} of {total}</source>
        <translation>{done} / {total} 단계에서 멈췄어요</translation>
    </message>
    <message>
        <source>step {done} of {total}</source>
        <translation>{done} / {total} 단계</translation>
    </message>
    <message>
        <source>near points are alike; distances between islands mean little</source>
        <translation>가까운 점은 서로 닮았어요. 섬 사이의 거리에는 뜻이 별로 없어요</translation>
    </message>
</context>
<context>
    <name>MasksPane</name>
    <message>
        <source>Each mask switches other neurons off: a thinned network of its own. All of them share their weights.</source>
        <translation>마스크마다 다른 뉴런이 꺼져서 저마다 작은 신경망이 돼요. 가중치는 모두 함께 써요.</translation>
    </message>
    <message>
        <source>Network to thin</source>
        <translation>뉴런을 끌 신경망</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>끔</translation>
    </message>
    <message>
        <source>Share of neurons switched off</source>
        <translation>끄는 뉴런의 비율</translation>
    </message>
    <message>
        <source>While it learns</source>
        <translation>배울 때</translation>
    </message>
    <message>
        <source>When it answers</source>
        <translation>답할 때</translation>
    </message>
    <message>
        <source>Training or answering</source>
        <translation>학습 또는 답하기</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>다시</translation>
    </message>
    <message>
        <source>Another mask</source>
        <translation>다른 마스크</translation>
    </message>
    <message>
        <source>The hidden layer</source>
        <translation>은닉층</translation>
    </message>
    <message>
        <source>Accuracy by number of masks averaged</source>
        <translation>평균 낸 마스크 수에 따른 정확도</translation>
    </message>
    <message>
        <source>Neurons on and off</source>
        <translation>켜진 뉴런과 꺼진 뉴런</translation>
    </message>
    <message>
        <source>all neurons on</source>
        <translation>모든 뉴런 켬</translation>
    </message>
    <message>
        <source>Reading the test pictures…</source>
        <translation>시험 그림을 읽는 중이에요…</translation>
    </message>
</context>
<context>
    <name>MelodyStage</name>
    <message>
        <source>Save as WAV</source>
        <translation>WAV로 저장</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>소리 끄기</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>듣기</translation>
    </message>
    <message>
        <source>{n} notes; at most {copied} in a row are those of a tune it learnt from.</source>
        <translation>음 {n}개. 배운 곡과 이어서 같은 음은 길어야 {copied}개예요.</translation>
    </message>
    <message>
        <source>No sound card answers here. Save it as a WAV file and listen elsewhere.</source>
        <translation>여기서는 응답하는 사운드 카드가 없어요. WAV 파일로 저장해서 다른 곳에서 들어 보세요.</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>{name} 파일로 저장했어요.</translation>
    </message>
    <message>
        <source>A melody nobody wrote</source>
        <translation>아무도 쓰지 않은 멜로디</translation>
    </message>
    <message>
        <source>A small LSTM heard 21 old tunes. It says which note comes next, how long, and goes on from its own answer.</source>
        <translation>작은 LSTM이 옛 노래 21곡을 들었어요. 다음에 올 음과 길이를 말하고, 자기 답에서 이어 가요.</translation>
    </message>
    <message>
        <source>Write a melody</source>
        <translation>멜로디 쓰기</translation>
    </message>
    <message>
        <source>Save as WAV…</source>
        <translation>WAV로 저장…</translation>
    </message>
    <message>
        <source>Stop learning</source>
        <translation>학습 정지</translation>
    </message>
    <message>
        <source>Teach it anew (a minute)</source>
        <translation>새로 학습 (1분)</translation>
    </message>
    <message>
        <source>Temperature: how much it dares</source>
        <translation>온도: 얼마나 대담한지</translation>
    </message>
    <message>
        <source>Goes on from</source>
        <translation>이어 갈 곡</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>The melody as a piano roll</source>
        <translation>피아노 롤로 본 멜로디</translation>
    </message>
    <message>
        <source>Surprise in tunes it never learns from, bits a note</source>
        <translation>배우지 않은 곡에서의 놀라움, 음마다 비트</translation>
    </message>
</context>
<context>
    <name>MetricPlot</name>
    <message>
        <source>train batches</source>
        <translation>학습 배치</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>test</source>
        <translation>시험</translation>
    </message>
</context>
<context>
    <name>Mind</name>
    <message>
        <source>Deterministic: ε is 0, it always takes the best move it knows.</source>
        <translation>결정적 정책이에요. ε이 0이라 아는 것 중 늘 가장 좋은 행동을 해요.</translation>
    </message>
    <message>
        <source>Stochastic: with ε = {e:.2f} it takes any move.</source>
        <translation>확률적 정책이에요. ε = {e:.2f}의 확률로 아무 행동이나 해요.</translation>
    </message>
    <message>
        <source>What each move is worth</source>
        <translation>행동마다의 값</translation>
    </message>
    <message>
        <source>This step in the Bellman equation</source>
        <translation>이번 스텝의 벨만 방정식</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>점수</translation>
    </message>
    <message>
        <source>Sand: published. Mint: measured here. Iris: you.</source>
        <translation>모래색: 발표값. 민트: 여기서 측정. 보라: 사람.</translation>
    </message>
    <message>
        <source>The sand mark is what the target network says.</source>
        <translation>모래색 표시는 목표 신경망의 값이에요.</translation>
    </message>
</context>
<context>
    <name>ModelDetail</name>
    <message>
        <source>Licence</source>
        <translation>라이선스</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>폴더 보기</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Delete it</source>
        <translation>정말 삭제</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행</translation>
    </message>
    <message>
        <source>Another download comes first.</source>
        <translation>먼저 시작한 다운로드가 있어요.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Download {size}</source>
        <translation>{size} 다운로드</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>경로 복사</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>복사됨</translation>
    </message>
</context>
<context>
    <name>ModelRows</name>
    <message>
        <source>waiting</source>
        <translation>대기 중</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>download {size}</source>
        <translation>받기 {size}</translation>
    </message>
    <message>
        <source>bundled</source>
        <translation>내장</translation>
    </message>
    <message>
        <source>here</source>
        <translation>있음</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>가져옴</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>Models</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Find a model: a name, a task, a licence</source>
        <translation>모델 찾기: 이름, 작업, 라이선스</translation>
    </message>
    <message>
        <source>Find a model</source>
        <translation>모델 찾기</translation>
    </message>
    <message>
        <source>All tasks</source>
        <translation>모든 작업</translation>
    </message>
    <message>
        <source>Classify</source>
        <translation>분류</translation>
    </message>
    <message>
        <source>Detect</source>
        <translation>검출</translation>
    </message>
    <message>
        <source>Segment</source>
        <translation>분할</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>Anywhere</source>
        <translation>모든 위치</translation>
    </message>
    <message>
        <source>On this machine</source>
        <translation>이 컴퓨터에 있음</translation>
    </message>
    <message>
        <source>To download</source>
        <translation>받을 수 있음</translation>
    </message>
    <message>
        <source>Where it is</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Looking for models</source>
        <translation>모델을 찾는 중이에요</translation>
    </message>
    <message>
        <source>The first time this takes a few seconds.</source>
        <translation>처음에는 몇 초 걸려요.</translation>
    </message>
    <message>
        <source>No model is like that</source>
        <translation>그런 모델이 없어요</translation>
    </message>
    <message>
        <source>Try another word, or show all tasks and places.</source>
        <translation>다른 말로 찾거나 모든 작업과 위치를 보세요.</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>가져오기</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>파일에서…</translation>
    </message>
    <message>
        <source>From a folder…</source>
        <translation>폴더에서…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>{shown} of {all} models · {here} on this machine</source>
        <translation>모델 {all}개 중 {shown}개 · 이 컴퓨터에 {here}개</translation>
    </message>
    <message>
        <source>Weights or a model pack ({kinds})</source>
        <translation>가중치 또는 모델 팩 ({kinds})</translation>
    </message>
    <message>
        <source>Import a model pack</source>
        <translation>모델 팩 가져오기</translation>
    </message>
    <message>
        <source>Every file is checked by its SHA-256 and never unpickled.</source>
        <translation>모든 파일을 SHA-256으로 확인하고, pickle은 열지 않아요.</translation>
    </message>
</context>
<context>
    <name>NeedCard</name>
    <message>
        <source>Show it in the list of models</source>
        <translation>모델 목록에서 보기</translation>
    </message>
    <message>
        <source>Train it</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Get it, {size}</source>
        <translation>받기, {size}</translation>
    </message>
    <message>
        <source>A trained network is needed</source>
        <translation>학습된 신경망이 필요해요</translation>
    </message>
    <message>
        <source>{name} is not on this machine yet. It is fetched once; then this works offline.</source>
        <translation>{name} 모델이 아직 없어요. 한 번 받으면 인터넷 없이도 돼요.</translation>
    </message>
    <message>
        <source>No network of this kind is here yet</source>
        <translation>이런 신경망이 아직 없어요</translation>
    </message>
    <message>
        <source>Train one in the Train tab; it then appears here by itself.</source>
        <translation>학습 탭에서 학습하면 여기에 저절로 나와요.</translation>
    </message>
</context>
<context>
    <name>NetSide</name>
    <message>
        <source>The best answer</source>
        <translation>가장 좋은 답</translation>
    </message>
    <message>
        <source>Grad-CAM: made with one backward pass.</source>
        <translation>Grad-CAM: 역전파를 한 번 했어요.</translation>
    </message>
    <message>
        <source>CAM: weights times the last map, no backward pass.</source>
        <translation>CAM: 가중치 × 마지막 맵, 역전파 없음.</translation>
    </message>
    <message>
        <source>Nothing in this layer speaks for the class.</source>
        <translation>이 층에는 이 클래스를 뒷받침하는 것이 없어요.</translation>
    </message>
    <message>
        <source>Comes out</source>
        <translation>나오는 모양</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>커널</translation>
    </message>
    <message>
        <source>Weights here</source>
        <translation>이 층의 가중치</translation>
    </message>
    <message>
        <source>Weights in all</source>
        <translation>전체 가중치</translation>
    </message>
    <message>
        <source>Activations at 0</source>
        <translation>0인 활성화</translation>
    </message>
    <message>
        <source>The network says</source>
        <translation>신경망의 답</translation>
    </message>
    <message>
        <source>Where it saw</source>
        <translation>어디를 보았나</translation>
    </message>
    <message>
        <source>This layer</source>
        <translation>이 층</translation>
    </message>
    <message>
        <source>The five likeliest classes</source>
        <translation>가장 그럴듯한 다섯 클래스</translation>
    </message>
    <message>
        <source>Class of the heat map</source>
        <translation>열지도의 클래스</translation>
    </message>
    <message>
        <source>at the last map</source>
        <translation>마지막 맵에서</translation>
    </message>
    <message>
        <source>at this layer</source>
        <translation>이 층에서</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>불투명도</translation>
    </message>
</context>
<context>
    <name>NetView</name>
    <message>
        <source>Opening the network</source>
        <translation>신경망을 여는 중</translation>
    </message>
    <message>
        <source>{n} neurons, one number each</source>
        <translation>뉴런 {n}개, 하나에 숫자 하나</translation>
    </message>
    <message>
        <source>Feature maps: the strongest of {n}. Click one.</source>
        <translation>특징 맵 {n}장 가운데 강한 것. 눌러 보세요.</translation>
    </message>
    <message>
        <source>No kernels to see here: 1×1 and dense layers only mix numbers.</source>
        <translation>여기에는 볼 커널이 없어요. 1×1과 완전 연결 층은 숫자만 섞어요.</translation>
    </message>
    <message>
        <source>Kernels {k}×{k}, {n} of them</source>
        <translation>커널 {k}×{k}, {n}개</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>신경망</translation>
    </message>
    <message>
        <source>Another picture</source>
        <translation>다른 사진</translation>
    </message>
    <message>
        <source>Layers of the network</source>
        <translation>신경망의 층</translation>
    </message>
    <message>
        <source>front half: features</source>
        <translation>앞부분: 특징</translation>
    </message>
    <message>
        <source>back half: classifies</source>
        <translation>뒷부분: 분류</translation>
    </message>
    <message>
        <source>Feature maps</source>
        <translation>특징 맵</translation>
    </message>
    <message>
        <source>Kernels</source>
        <translation>커널</translation>
    </message>
    <message>
        <source>What the network got, and where it saw the class</source>
        <translation>신경망이 받은 사진과 클래스를 본 곳</translation>
    </message>
</context>
<context>
    <name>NetworkStrip</name>
    <message>
        <source>Layers of the network: {layers}</source>
        <translation>신경망의 층: {layers}</translation>
    </message>
</context>
<context>
    <name>NoisePanel</name>
    <message>
        <source>Noise curve</source>
        <translation>노이즈 곡선</translation>
    </message>
    <message>
        <source>“{name}” is answered every time up to noise {level}.</source>
        <translation>노이즈 {level}까지는 매번 ‘{name}’(으)로 답해요.</translation>
    </message>
    <message>
        <source>answer stays</source>
        <translation>같은 답</translation>
    </message>
    <message>
        <source>its probability</source>
        <translation>그 확률</translation>
    </message>
    <message>
        <source>Answer by noise, in percent</source>
        <translation>노이즈에 따른 답 (퍼센트)</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Close this notice</source>
        <translation>알림 닫기</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>{n} more</source>
        <translation>{n}개 더</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>자세한 내용 복사</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>자세히 보기</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>복사됨</translation>
    </message>
</context>
<context>
    <name>OneSide</name>
    <message>
        <source>The same codes for both</source>
        <translation>둘 다 같은 코드</translation>
    </message>
    <message>
        <source>Real, and below what came through its code</source>
        <translation>위는 진짜, 아래는 코드를 거친 그림</translation>
    </message>
    <message>
        <source>Samples, and below the nearest training picture</source>
        <translation>위는 표본, 아래는 가장 비슷한 학습 그림</translation>
    </message>
</context>
<context>
    <name>OverlayList</name>
    <message>
        <source>get</source>
        <translation>받기</translation>
    </message>
    <message>
        <source>Show fewer</source>
        <translation>줄여 보기</translation>
    </message>
    <message>
        <source>{n} more to download</source>
        <translation>받을 수 있는 것 {n}개 더</translation>
    </message>
    <message>
        <source>Bring a YOLO file (ONNX)</source>
        <translation>YOLO 파일 추가 (ONNX)</translation>
    </message>
    <message>
        <source>names, {n} classes</source>
        <translation>이름, 클래스 {n}개</translation>
    </message>
    <message>
        <source>boxes, {n} classes</source>
        <translation>상자, 클래스 {n}개</translation>
    </message>
    <message>
        <source>areas, {n} classes</source>
        <translation>영역, 클래스 {n}개</translation>
    </message>
    <message>
        <source>17 points each</source>
        <translation>사람마다 점 17개</translation>
    </message>
    <message>
        <source>found and covered</source>
        <translation>찾아서 가리기</translation>
    </message>
    <message>
        <source>written with a pen</source>
        <translation>펜으로 쓴 숫자</translation>
    </message>
    <message>
        <source>painted anew</source>
        <translation>다시 그림</translation>
    </message>
</context>
<context>
    <name>PanesRoom</name>
    <message>
        <source>asked about the marked part alone</source>
        <translation>표시한 부분만 물어봤어요</translation>
    </message>
    <message>
        <source>{name}: {share:.0f} % of the marked part</source>
        <translation>{name}: 표시한 부분의 {share:.0f} %</translation>
    </message>
    <message>
        <source>finds nothing like it there</source>
        <translation>거기서는 비슷한 것을 찾지 못했어요</translation>
    </message>
    <message>
        <source>the same object, found here as well</source>
        <translation>여기서도 찾은 같은 물체예요</translation>
    </message>
    <message>
        <source>Classification</source>
        <translation>분류</translation>
    </message>
    <message>
        <source>Detection</source>
        <translation>검출</translation>
    </message>
    <message>
        <source>Semantic segmentation</source>
        <translation>의미 분할</translation>
    </message>
    <message>
        <source>Instance segmentation</source>
        <translation>개체 분할</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>Ask all four</source>
        <translation>넷 모두에 묻기</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>사진 전체</translation>
    </message>
    <message>
        <source>Press Ask all four; then click an object in any pane.</source>
        <translation>‘넷 모두에 묻기’를 누른 다음, 아무 칸에서나 물체를 눌러 보세요.</translation>
    </message>
    <message>
        <source>Click an object in any pane: it is marked in all.</source>
        <translation>아무 칸에서나 물체를 누르면 네 곳에 모두 표시돼요.</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>묻는 중…</translation>
    </message>
</context>
<context>
    <name>PartsPlot</name>
    <message>
        <source>sum</source>
        <translation>합</translation>
    </message>
</context>
<context>
    <name>PeopleDialog</name>
    <message>
        <source>Leave one person out</source>
        <translation>한 사람씩 빼기</translation>
    </message>
    <message>
        <source>Does it read people it never met?</source>
        <translation>만난 적 없는 사람도 읽을까요?</translation>
    </message>
    <message>
        <source>For each person a network learns from all the others and is measured on that person alone. Nothing is chosen by looking at the person left out.</source>
        <translation>사람마다 나머지 모두로 신경망을 학습하고 그 사람만으로 재요. 뺀 사람을 보고 고르는 것은 없어요.</translation>
    </message>
    <message>
        <source>person {n}</source>
        <translation>{n}번</translation>
    </message>
    <message>
        <source>Accuracy of each person left out</source>
        <translation>뺀 사람마다의 정확도</translation>
    </message>
    <message>
        <source>Person {n} ({fold} of {folds}): learning, {done:.0f} %</source>
        <translation>{n}번 ({fold}/{folds}): 학습 중, {done:.0f} %</translation>
    </message>
    <message>
        <source>With twelve people it takes some minutes; each bar appears when its person was read.</source>
        <translation>열두 명이면 몇 분 걸려요. 한 사람을 읽을 때마다 막대가 나타나요.</translation>
    </message>
</context>
<context>
    <name>PhotoEvidence</name>
    <message>
        <source>Precision, recall</source>
        <translation>정밀도·재현율</translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation>혼동 행렬</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>거리</translation>
    </message>
    <message>
        <source>Photographs</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>기울기</translation>
    </message>
    <message>
        <source>What stands under the curves</source>
        <translation>곡선 아래에 보일 것</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>신경망</translation>
    </message>
    <message>
        <source>Truth</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>오류</translation>
    </message>
    <message>
        <source>What is drawn on the photographs</source>
        <translation>사진 위에 그릴 것</translation>
    </message>
    <message>
        <source>All…</source>
        <translation>모두…</translation>
    </message>
    <message>
        <source>Look at all photographs of the validation part, worst first</source>
        <translation>검증 부분의 모든 사진을 나쁜 것부터 보기</translation>
    </message>
    <message>
        <source>Validation photographs with what the network sees</source>
        <translation>신경망이 보는 것을 그린 검증 사진</translation>
    </message>
    <message>
        <source>Confusion of pixels, rows are the truth</source>
        <translation>픽셀의 혼동 행렬, 행이 정답</translation>
    </message>
    <message>
        <source>Confusion of classes, rows are the truth</source>
        <translation>클래스의 혼동 행렬, 행이 정답</translation>
    </message>
    <message>
        <source>Classes mistaken most, in pixels</source>
        <translation>가장 많이 헷갈린 클래스, 픽셀 수</translation>
    </message>
    <message>
        <source>Classes mistaken most, in pictures</source>
        <translation>가장 자주 헷갈린 클래스 (그림 수)</translation>
    </message>
    <message>
        <source>Precision over recall by class, per cent</source>
        <translation>클래스별 정밀도와 재현율, %</translation>
    </message>
    <message>
        <source>Gradient by layer</source>
        <translation>층마다의 기울기</translation>
    </message>
    <message>
        <source>Press Start: validation photographs appear here with what the network sees, better at each check.</source>
        <translation>‘학습 시작’을 누르면 신경망이 보는 것을 그린 검증 사진이 여기 나오고, 검증할 때마다 나아져요.</translation>
    </message>
    <message>
        <source>After the first check. Of an earlier run: press All.</source>
        <translation>첫 검증 뒤에 나와요. 이전 실행이라면 ‘모두’를 눌러 보세요.</translation>
    </message>
    <message>
        <source>nothing learnt yet</source>
        <translation>아직 배운 것 없음</translation>
    </message>
    <message>
        <source>{name} {figure:.1f} % on {n:,} photographs</source>
        <translation>사진 {n:,}장으로 잰 {name} {figure:.1f} %</translation>
    </message>
    <message>
        <source>On average a landmark is {distance} of the picture’s side off. Found best: {best}, {high:.0f} %. Hardest: {worst}, {low:.0f} %.</source>
        <translation>랜드마크는 평균 그림 한 변의 {distance}만큼 벗어나요. 가장 잘 찾은 곳: {best} {high:.0f} %. 가장 어려운 곳: {worst} {low:.0f} %.</translation>
    </message>
</context>
<context>
    <name>PhotoLook</name>
    <message>
        <source>All pictures</source>
        <translation>모든 그림</translation>
    </message>
    <message>
        <source>Back to all pictures (Esc)</source>
        <translation>모든 그림으로 돌아가기 (Esc)</translation>
    </message>
    <message>
        <source>Next picture (Page Down)</source>
        <translation>다음 그림 (Page Down)</translation>
    </message>
    <message>
        <source>Over it</source>
        <translation>겹쳐 보기</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>나란히</translation>
    </message>
    <message>
        <source>Where the marks are shown</source>
        <translation>표시를 보일 곳</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>What a network should answer</source>
        <translation>신경망이 내야 할 답</translation>
    </message>
    <message>
        <source>The chosen picture; arrows read its pixels and boxes</source>
        <translation>고른 사진. 화살표로 픽셀과 상자를 읽어요</translation>
    </message>
    <message>
        <source>What a network should answer for it</source>
        <translation>이 사진에 신경망이 내야 할 답</translation>
    </message>
    <message>
        <source>Classes in this picture</source>
        <translation>이 사진의 클래스</translation>
    </message>
</context>
<context>
    <name>PhotoNumbers</name>
    <message>
        <source>Objects in a picture</source>
        <translation>사진 속 물체 수</translation>
    </message>
    <message>
        <source>How many pictures hold how many objects</source>
        <translation>물체 수마다 사진이 몇 장인지</translation>
    </message>
    <message>
        <source>Famous sets</source>
        <translation>유명한 데이터셋</translation>
    </message>
    <message>
        <source>slide said</source>
        <translation>강의 값</translation>
    </message>
    <message>
        <source>this set</source>
        <translation>이 데이터셋</translation>
    </message>
    <message>
        <source>Picture sizes: {sizes}</source>
        <translation>사진 크기: {sizes}</translation>
    </message>
    <message>
        <source>{n} objects: {small} small (under 32² px), {medium} medium, {large} large (from 96² px). {empty} empty pictures.</source>
        <translation>물체 {n}개: 작음 {small}(32²픽셀 미만), 중간 {medium}, 큼 {large}(96²픽셀부터). 빈 사진 {empty}장.</translation>
    </message>
    <message>
        <source>mean {mean}, at most {most}</source>
        <translation>평균 {mean}, 최대 {most}</translation>
    </message>
    <message>
        <source>{objects} objects: {n} pictures</source>
        <translation>물체 {objects}개: 사진 {n}장</translation>
    </message>
</context>
<context>
    <name>Photos</name>
    <message>
        <source>{done} of {total} thumbnails</source>
        <translation>작은 그림 {total}장 중 {done}장</translation>
    </message>
    <message>
        <source>Index {i} of {n}, {split}</source>
        <translation>번호 {i} / {n}, {split}</translation>
    </message>
</context>
<context>
    <name>PictureChoice</name>
    <message>
        <source>Open a picture, or drop one here</source>
        <translation>사진을 열거나 여기에 끌어다 놓으세요</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Newest frame</source>
        <translation>최신 장면</translation>
    </message>
    <message>
        <source>Open a picture…</source>
        <translation>사진 열기…</translation>
    </message>
    <message>
        <source>Pictures ({kinds})</source>
        <translation>그림 ({kinds})</translation>
    </message>
</context>
<context>
    <name>PictureReading</name>
    <message>
        <source>A photograph</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Show it a picture</source>
        <translation>그림 보여 주기</translation>
    </message>
    <message>
        <source>Another test picture</source>
        <translation>다른 시험 그림</translation>
    </message>
    <message>
        <source>Your own photograph</source>
        <translation>내 사진</translation>
    </message>
    <message>
        <source>label</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>What its layers see</source>
        <translation>층이 보는 것</translation>
    </message>
    <message>
        <source>Answer: a probability for each class</source>
        <translation>답: 클래스마다의 확률</translation>
    </message>
    <message>
        <source>The picture the network sees</source>
        <translation>신경망이 보는 그림</translation>
    </message>
    <message>
        <source>Activations of each layer</source>
        <translation>층마다의 활성값</translation>
    </message>
</context>
<context>
    <name>PictureRoom</name>
    <message>
        <source>input: click a pixel to see its sum</source>
        <translation>입력: 픽셀을 누르면 합이 보여요</translation>
    </message>
    <message>
        <source>what the kernel answers</source>
        <translation>커널의 답</translation>
    </message>
    <message>
        <source>Pixel in row {row}, column {column}</source>
        <translation>{row}행 {column}열 픽셀</translation>
    </message>
    <message>
        <source>ReLU makes negative sums 0.</source>
        <translation>ReLU는 음수 합을 0으로 만들어요.</translation>
    </message>
    <message>
        <source>largest of</source>
        <translation>가장 큰 값</translation>
    </message>
    <message>
        <source>mean of</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>Pooling: {how} {window}</source>
        <translation>풀링: {how} {window}</translation>
    </message>
    <message>
        <source>The picture and what the kernel answers</source>
        <translation>사진과 커널의 답</translation>
    </message>
</context>
<context>
    <name>PictureStage</name>
    <message>
        <source>Pictures; arrows choose, Enter looks closely</source>
        <translation>그림. 화살표로 고르고 Enter로 자세히 봐요</translation>
    </message>
</context>
<context>
    <name>QueuePane</name>
    <message>
        <source>Stop after this one</source>
        <translation>이것까지만 하고 멈추기</translation>
    </message>
    <message>
        <source>Start the queue</source>
        <translation>대기열 시작</translation>
    </message>
    <message>
        <source>{n} wait. One after another, also what is added meanwhile.</source>
        <translation>{n}개 대기 중. 그동안 넣은 것까지 차례로 해요.</translation>
    </message>
    <message>
        <source>{n} wait. Start the queue when this training has ended.</source>
        <translation>{n}개 대기 중. 이 학습이 끝나면 대기열을 시작하세요.</translation>
    </message>
    <message>
        <source>{n} wait. The queue survives a restart.</source>
        <translation>{n}개 대기 중. 앱을 다시 켜도 대기열은 남아요.</translation>
    </message>
    <message>
        <source>Add what is set</source>
        <translation>지금 설정 넣기</translation>
    </message>
    <message>
        <source>Put the recipe and settings on the left into the queue</source>
        <translation>왼쪽의 레시피와 설정을 대기열에 넣기</translation>
    </message>
    <message>
        <source>Sweep…</source>
        <translation>스윕…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>빼기</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>한 번 더</translation>
    </message>
    <message>
        <source>Clear ended</source>
        <translation>끝난 것 지우기</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>앞으로</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>대기열</translation>
    </message>
    <message>
        <source>Nothing waits</source>
        <translation>기다리는 것이 없어요</translation>
    </message>
    <message>
        <source>Put trainings in here, and they run one after another, overnight if you like. A failed one does not stop the rest.</source>
        <translation>학습을 여기에 넣으면 하나씩 차례로 돌아요. 밤새 두어도 돼요. 하나가 실패해도 나머지는 계속돼요.</translation>
    </message>
</context>
<context>
    <name>QueueTable</name>
    <message>
        <source>waits</source>
        <translation>대기 중</translation>
    </message>
    <message>
        <source>running</source>
        <translation>실행 중</translation>
    </message>
    <message>
        <source>done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>정지됨</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>레시피</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>다른 설정</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
</context>
<context>
    <name>RaceDialog</name>
    <message>
        <source>Change what you like on side B.</source>
        <translation>B쪽에서 원하는 것을 바꿔 보세요.</translation>
    </message>
    <message>
        <source>Both: {settings}</source>
        <translation>양쪽 모두: {settings}</translation>
    </message>
    <message>
        <source>Race</source>
        <translation>경주</translation>
    </message>
    <message>
        <source>Race two settings</source>
        <translation>두 설정의 경주</translation>
    </message>
    <message>
        <source>Both see the same pictures in the same order and start from the same weights. A is what is set on the left.</source>
        <translation>둘 다 같은 그림을 같은 순서로 보고 같은 가중치에서 시작해요. A는 왼쪽에 설정한 값이에요.</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>질문</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>직접 입력</translation>
    </message>
    <message>
        <source>Side B</source>
        <translation>B쪽</translation>
    </message>
    <message>
        <source>Start the race</source>
        <translation>경주 시작</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>RankingPane</name>
    <message>
        <source>MNIST&apos;s 10,000 test digits; a bar is as long as the errors, so short is good</source>
        <translation>MNIST 시험용 숫자 10,000개. 막대 길이는 틀린 개수라서 짧을수록 좋아요</translation>
    </message>
    <message>
        <source>papers, list of 2016</source>
        <translation>논문, 2016년 목록</translation>
    </message>
    <message>
        <source>measured here</source>
        <translation>여기서 측정</translation>
    </message>
    <message>
        <source>Ranking of methods on MNIST</source>
        <translation>MNIST 방법 순위</translation>
    </message>
    <message>
        <source>came with the app</source>
        <translation>앱에 들어 있음</translation>
    </message>
    <message>
        <source>Your best is number {place}, with {n} of 10,000 digits read wrongly.</source>
        <translation>내 최고 기록은 {place}위예요. 숫자 10,000개 가운데 {n}개를 틀렸어요.</translation>
    </message>
    <message>
        <source>Train a digits recipe on MNIST to stand here too; other sets do not count.</source>
        <translation>MNIST로 숫자 레시피를 학습하면 여기에 나와요. 다른 데이터셋은 세지 않아요.</translation>
    </message>
</context>
<context>
    <name>Reading</name>
    <message>
        <source>Draw here</source>
        <translation>여기에 그려 보세요</translation>
    </message>
    <message>
        <source>Clear (Del)</source>
        <translation>지우기 (Del)</translation>
    </message>
    <message>
        <source>network sees</source>
        <translation>신경망이 보는 것</translation>
    </message>
    <message>
        <source>What its layers see</source>
        <translation>층이 보는 것</translation>
    </message>
</context>
<context>
    <name>RecentRuns</name>
    <message>
        <source>Recent runs</source>
        <translation>최근 실행</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>아직 실행이 없어요</translation>
    </message>
    <message>
        <source>Watch the network learn once, and its run appears here, to look at again or to go on.</source>
        <translation>신경망이 배우는 과정을 한번 보세요. 그 실행이 여기에 남아서, 다시 보거나 이어서 할 수 있어요.</translation>
    </message>
</context>
<context>
    <name>RecipeCard</name>
    <message>
        <source>bundled {accuracy:.2f} %</source>
        <translation>내장 {accuracy:.2f} %</translation>
    </message>
</context>
<context>
    <name>RecipeCards</name>
    <message>
        <source>Read a digit (classification)</source>
        <translation>숫자 읽기 (분류)</translation>
    </message>
    <message>
        <source>Transfer, clips (classification)</source>
        <translation>전이 학습, 짧은 영상 (분류)</translation>
    </message>
    <message>
        <source>Small photos (CIFAR-10)</source>
        <translation>작은 사진 (CIFAR-10)</translation>
    </message>
    <message>
        <source>Every pixel (segmentation)</source>
        <translation>픽셀마다 클래스 (분할)</translation>
    </message>
    <message>
        <source>Boxes round objects (detection)</source>
        <translation>물체마다 상자 (검출)</translation>
    </message>
    <message>
        <source>Numbers over time (signals)</source>
        <translation>시간에 따른 숫자 (신호)</translation>
    </message>
    <message>
        <source>Places as numbers (landmarks)</source>
        <translation>자리를 숫자로 (랜드마크)</translation>
    </message>
    <message>
        <source>Repaint a photo (style transfer)</source>
        <translation>사진 다시 그리기 (style transfer)</translation>
    </message>
    <message>
        <source>Take noise out (denoising)</source>
        <translation>잡음 지우기 (denoising)</translation>
    </message>
</context>
<context>
    <name>RunFilter</name>
    <message>
        <source>Find runs</source>
        <translation>실행 찾기</translation>
    </message>
    <message>
        <source>Words of name, data, notes or settings; #tag for a tag</source>
        <translation>이름, 데이터, 메모, 설정의 말. 태그는 #태그</translation>
    </message>
    <message>
        <source>Only those with a star</source>
        <translation>별이 있는 것만</translation>
    </message>
</context>
<context>
    <name>RunList</name>
    <message>
        <source>Delete the run {name} with its {n:,} steps and its weights? This cannot be undone.</source>
        <translation>{name} 실행을 {n:,}스텝의 기록과 가중치까지 지울까요? 되돌릴 수 없어요.</translation>
    </message>
    <message>
        <source>Delete these {n} runs with their weights? This cannot be undone.</source>
        <translation>실행 {n}개와 그 가중치를 지울까요? 되돌릴 수 없어요.</translation>
    </message>
    <message>
        <source>Hide curves</source>
        <translation>곡선 숨기기</translation>
    </message>
    <message>
        <source>Show curves</source>
        <translation>곡선 보기</translation>
    </message>
    <message>
        <source>Hide all</source>
        <translation>모두 숨기기</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>모두 보기</translation>
    </message>
    <message>
        <source>{n:,} of {all:,}</source>
        <translation>{all:,} 중 {n:,}</translation>
    </message>
    <message>
        <source>Resume this run</source>
        <translation>이어 하기</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>그대로 두기</translation>
    </message>
    <message>
        <source>TensorBoard…</source>
        <translation>TensorBoard 파일…</translation>
    </message>
    <message>
        <source>Lay curves of another program over the charts</source>
        <translation>다른 프로그램의 곡선을 차트에 겹치기</translation>
    </message>
    <message>
        <source>Weights (safetensors)</source>
        <translation>가중치 (safetensors)</translation>
    </message>
    <message>
        <source>Curves (CSV)</source>
        <translation>곡선 (CSV)</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>아직 실행이 없어요</translation>
    </message>
    <message>
        <source>Every training is kept here with its curves and its best weights. Start one, and it appears.</source>
        <translation>학습할 때마다 곡선과 가장 좋은 가중치가 여기에 남아요. 시작하면 나타나요.</translation>
    </message>
    <message>
        <source>Earlier runs</source>
        <translation>앞선 실행</translation>
    </message>
</context>
<context>
    <name>RunRow</name>
    <message>
        <source>{figure} · {steps:,} steps</source>
        <translation>{figure} · {steps:,}스텝</translation>
    </message>
    <message>
        <source>running</source>
        <translation>실행 중</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>정지됨</translation>
    </message>
    <message>
        <source>done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Open this run</source>
        <translation>이 실행 열기</translation>
    </message>
</context>
<context>
    <name>RunTable</name>
    <message>
        <source>Take the star away</source>
        <translation>별 떼기</translation>
    </message>
    <message>
        <source>Give it a star</source>
        <translation>별 달기</translation>
    </message>
    <message>
        <source>Double click or F2 to write</source>
        <translation>두 번 누르거나 F2로 쓰기</translation>
    </message>
    <message>
        <source>running</source>
        <translation>실행 중</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>정지됨</translation>
    </message>
    <message>
        <source>done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>read from TensorBoard</source>
        <translation>TensorBoard에서 읽음</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>별</translation>
    </message>
    <message>
        <source>Held out</source>
        <translation>따로 둔 그림</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>시험용</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>on</source>
        <translation>켬</translation>
    </message>
    <message>
        <source>off</source>
        <translation>끔</translation>
    </message>
    <message>
        <source>{n:,.0f} s</source>
        <translation>{n:,.0f}초</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>레시피</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>시작</translation>
    </message>
</context>
<context>
    <name>RunTree</name>
    <message>
        <source>{recipe} from step {step:,}: {figure}</source>
        <translation>{recipe}, {step:,}스텝부터: {figure}</translation>
    </message>
    <message>
        <source>Checkpoint at step {n:,}</source>
        <translation>{n:,}스텝 체크포인트</translation>
    </message>
</context>
<context>
    <name>RunningJob</name>
    <message>
        <source>paused</source>
        <translation>일시정지</translation>
    </message>
    <message>
        <source>Go to the running job</source>
        <translation>실행 중인 작업으로 가기</translation>
    </message>
</context>
<context>
    <name>RunsRoom</name>
    <message>
        <source>Folder with TensorBoard files</source>
        <translation>TensorBoard 파일이 든 폴더</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>실행 목록</translation>
    </message>
    <message>
        <source>Back to the charts</source>
        <translation>차트로 돌아가기</translation>
    </message>
    <message>
        <source>Queue {n}</source>
        <translation>대기열 {n}</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>대기열</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>표</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>나무</translation>
    </message>
    <message>
        <source>Sweeps</source>
        <translation>스윕</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>순위</translation>
    </message>
</context>
<context>
    <name>SaidHere</name>
    <message>
        <source>slide said</source>
        <translation>강의 값</translation>
    </message>
    <message>
        <source>here</source>
        <translation>여기</translation>
    </message>
    <message>
        <source>not run yet</source>
        <translation>아직 안 함</translation>
    </message>
</context>
<context>
    <name>SaveDialog</name>
    <message>
        <source>Save annotations</source>
        <translation>주석 저장</translation>
    </message>
    <message>
        <source>Changes not in a file yet: {n:,}. Where should they go?</source>
        <translation>아직 파일에 없는 변경이 {n:,}개 있어요. 어디에 저장할까요?</translation>
    </message>
    <message>
        <source>Beside the pictures</source>
        <translation>사진 옆에</translation>
    </message>
    <message>
        <source>Into another folder</source>
        <translation>다른 폴더에</translation>
    </message>
    <message>
        <source>Where to save</source>
        <translation>저장할 곳</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>폴더 고르기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Only marks are written, below {folder}. A file that lay there is kept once as “….kept”; the pictures stay as they are.</source>
        <translation>{folder} 아래에 표시만 써요. 거기 있던 파일은 한 번 ‘….kept’로 남겨 두고, 사진은 그대로 둬요.</translation>
    </message>
    <message>
        <source>All {n:,} pictures are copied with their marks, as a set of its own.</source>
        <translation>사진 {n:,}장을 표시와 함께 복사해서 따로 쓸 수 있는 데이터셋으로 만들어요.</translation>
    </message>
    <message>
        <source>No folder chosen yet</source>
        <translation>아직 고른 폴더가 없어요</translation>
    </message>
    <message>
        <source>Choose the folder first.</source>
        <translation>먼저 폴더를 골라 주세요.</translation>
    </message>
    <message>
        <source>The pictures lie in this folder. Choose “Beside the pictures”, or another.</source>
        <translation>사진이 들어 있는 폴더예요. ‘사진 옆에’를 고르거나 다른 폴더를 골라 주세요.</translation>
    </message>
</context>
<context>
    <name>Screens</name>
    <message>
        <source>{score:g} points · {lives} lives</source>
        <translation>{score:g}점 · 생명 {lives}</translation>
    </message>
    <message>
        <source>{score:g} points</source>
        <translation>{score:g}점</translation>
    </message>
    <message>
        <source>You</source>
        <translation>사람</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>×1 is the game’s true speed</source>
        <translation>×1이 게임의 실제 속도예요</translation>
    </message>
    <message>
        <source>Record one game (.mp4, .gif)</source>
        <translation>한 판 녹화 (.mp4, .gif)</translation>
    </message>
    <message>
        <source>Scores as CSV</source>
        <translation>점수를 CSV로</translation>
    </message>
    <message>
        <source>the network sees</source>
        <translation>신경망이 보는 것</translation>
    </message>
    <message>
        <source>This game</source>
        <translation>이번 판</translation>
    </message>
    <message>
        <source>value, max Q</source>
        <translation>값 max Q</translation>
    </message>
    <message>
        <source>reward</source>
        <translation>보상</translation>
    </message>
    <message>
        <source>life lost</source>
        <translation>생명 잃음</translation>
    </message>
    <message>
        <source>Opening the game</source>
        <translation>게임을 여는 중</translation>
    </message>
    <message>
        <source>Press the button below</source>
        <translation>아래 단추를 누르세요</translation>
    </message>
</context>
<context>
    <name>Seen</name>
    <message>
        <source>One photograph</source>
        <translation>사진 하나</translation>
    </message>
    <message>
        <source>By class</source>
        <translation>클래스별</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>측정</translation>
    </message>
    <message>
        <source>The figure of each class appears here at the first check.</source>
        <translation>첫 검증이 끝나면 클래스마다 점수가 여기 나와요.</translation>
    </message>
    <message>
        <source>The chosen photograph with what the network sees</source>
        <translation>고른 사진과 신경망이 보는 것</translation>
    </message>
    <message>
        <source>The figure of each class</source>
        <translation>클래스별 점수</translation>
    </message>
    <message>
        <source>Choose a photograph under the curves.</source>
        <translation>곡선 아래에서 사진을 골라 보세요.</translation>
    </message>
    <message>
        <source>Boxes with a score of {score:.0f} or more. TP overlaps its object by {iou:.0f} % or more.</source>
        <translation>점수 {score:.0f} 이상인 상자만 그려요. TP는 물체와 {iou:.0f} % 이상 겹친 상자예요.</translation>
    </message>
    <message>
        <source>One box for each picture. TP: its class is right and it overlaps by {iou:.0f} % or more.</source>
        <translation>그림마다 상자 하나. TP는 클래스가 맞고 {iou:.0f} % 이상 겹친 상자예요.</translation>
    </message>
    <message>
        <source>{right} right (TP), {wrong} wrong (FP), {missed} missed (FN)</source>
        <translation>맞음 {right}(TP), 틀림 {wrong}(FP), 놓침 {missed}(FN)</translation>
    </message>
    <message>
        <source>landmarks in place: {figure:.1f} %</source>
        <translation>제자리의 랜드마크: {figure:.1f} %</translation>
    </message>
    <message>
        <source>mIoU of this photograph: {figure:.1f} %</source>
        <translation>이 사진의 mIoU: {figure:.1f} %</translation>
    </message>
</context>
<context>
    <name>SensorsDialog</name>
    <message>
        <source>Sensors</source>
        <translation>센서</translation>
    </message>
    <message>
        <source>Which sensors does it need?</source>
        <translation>어떤 센서가 필요할까요?</translation>
    </message>
    <message>
        <source>Each bar is the accuracy without that sensor: the shorter, the more it is missed. A sensor that is off stands still at its mean. Switch channels off at the left; the bars are measured again.</source>
        <translation>막대는 그 센서 없이 잰 정확도예요. 짧을수록 아쉬운 센서예요. 꺼진 센서는 평균값에 멈춰 있어요. 왼쪽에서 채널을 끄면 막대를 다시 재요.</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>채널</translation>
    </message>
    <message>
        <source>Accuracy without</source>
        <translation>이것 없이 잰 정확도</translation>
    </message>
    <message>
        <source>Accuracy without each sensor</source>
        <translation>센서마다 그것 없이 잰 정확도</translation>
    </message>
    <message>
        <source>all of these</source>
        <translation>켠 것 모두</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>재는 중…</translation>
    </message>
    <message>
        <source>All channels here were recorded, none is made up. Most missed: {name} ({drop:.1f} points). {n:,} windows of people it never met.</source>
        <translation>여기 있는 채널은 모두 실제로 기록한 것이에요. 없을 때 가장 아쉬운 센서: {name} ({drop:.1f}점). 만난 적 없는 사람의 구간 {n:,}개로 쟀어요.</translation>
    </message>
</context>
<context>
    <name>SetList</name>
    <message>
        <source>Data sets</source>
        <translation>데이터셋</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Open a folder, a file or an archive (Ctrl+O), or drop it on this page</source>
        <translation>폴더, 파일, 압축 파일을 열거나(Ctrl+O) 이 화면에 끌어다 놓으세요</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>폴더 열기…</translation>
    </message>
    <message>
        <source>Open a file or an archive…</source>
        <translation>파일이나 압축 파일 열기…</translation>
    </message>
    <message>
        <source>ImageNet’s 1,000 classes</source>
        <translation>ImageNet의 1,000개 클래스</translation>
    </message>
    <message>
        <source>The list of 1,000 objects, in English and Korean</source>
        <translation>물체 1,000개의 영어와 한국어 목록</translation>
    </message>
    <message>
        <source>Bundled</source>
        <translation>내장</translation>
    </message>
    <message>
        <source>On this machine</source>
        <translation>이 컴퓨터에 있음</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>열어 본 것</translation>
    </message>
    <message>
        <source>Can be downloaded</source>
        <translation>내려받을 수 있음</translation>
    </message>
    <message>
        <source>Not here yet</source>
        <translation>아직 없음</translation>
    </message>
    <message>
        <source>moved away</source>
        <translation>옮겨졌음</translation>
    </message>
    <message>
        <source>Take off the list; the files stay</source>
        <translation>목록에서 빼기. 파일은 그대로예요</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>내려받기</translation>
    </message>
    <message>
        <source>Choose a set to see where it comes from.</source>
        <translation>하나를 고르면 출처가 보여요.</translation>
    </message>
</context>
<context>
    <name>SetPixels</name>
    <message>
        <source>Average picture</source>
        <translation>평균 그림</translation>
    </message>
    <message>
        <source>Average window</source>
        <translation>평균 구간</translation>
    </message>
    <message>
        <source>The average picture of each class shown</source>
        <translation>보이는 클래스마다의 평균 그림</translation>
    </message>
    <message>
        <source>Pixel values</source>
        <translation>픽셀 값</translation>
    </message>
    <message>
        <source>How many pixels have each value, dark to bright</source>
        <translation>어두운 값부터 밝은 값까지 픽셀 수</translation>
    </message>
    <message>
        <source>of {n} windows</source>
        <translation>구간 {n}개</translation>
    </message>
    <message>
        <source>of {n} pictures</source>
        <translation>{n}장의 평균</translation>
    </message>
    <message>
        <source>of {n} spread over {total}</source>
        <translation>{total} 가운데 고르게 뽑은 {n}</translation>
    </message>
    <message>
        <source>{name}: mean {mean}, spread {std}, {low} to {high} {unit}</source>
        <translation>{name}: 평균 {mean}, 퍼짐 {std}, {low}~{high} {unit}</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>회색</translation>
    </message>
    <message>
        <source>Mean {mean}
Spread {std}</source>
        <translation>평균 {mean}
퍼짐 {std}</translation>
    </message>
    <message>
        <source>In memory {grey}; in colour it would be {colour}, three times as much.</source>
        <translation>메모리에서 {grey}. 컬러라면 세 배인 {colour}예요.</translation>
    </message>
    <message>
        <source>In memory {colour}; in grey it would be {grey}, a third.</source>
        <translation>메모리에서 {colour}. 흑백이라면 3분의 1인 {grey}예요.</translation>
    </message>
    <message>
        <source>{low} to {high}: {share} of all</source>
        <translation>{low}~{high}: 전체의 {share}</translation>
    </message>
    <message>
        <source>{share} are 0, not drawn</source>
        <translation>0인 {share}는 뺐어요</translation>
    </message>
    <message>
        <source>0 dark, 255 bright</source>
        <translation>0 어두움, 255 밝음</translation>
    </message>
</context>
<context>
    <name>SetReading</name>
    <message>
        <source>What a network reads</source>
        <translation>신경망이 읽는 값</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>측정</translation>
    </message>
    <message>
        <source>Which network reads the set</source>
        <translation>데이터셋을 읽을 신경망</translation>
    </message>
    <message>
        <source>Which class was read as which; a click shows those pictures</source>
        <translation>어느 클래스를 무엇으로 읽었는지. 누르면 그 그림을 보여요</translation>
    </message>
    <message>
        <source>Classes taken for one another; a click shows those pictures</source>
        <translation>서로 헷갈린 클래스. 누르면 그 그림을 보여요</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>읽기</translation>
    </message>
    <message>
        <source>{done} of {total} pictures</source>
        <translation>사진 {total}장 중 {done}장</translation>
    </message>
    <message>
        <source>A click on a square shows its pictures; another click shows all.</source>
        <translation>칸을 누르면 그 그림만 보여요. 다시 누르면 모두 보여요.</translation>
    </message>
    <message>
        <source>Looking for networks that know these classes.</source>
        <translation>이 클래스를 아는 신경망을 찾는 중이에요.</translation>
    </message>
    <message>
        <source>No network reads these classes yet. Train one on this set, and it appears here.</source>
        <translation>아직 이 클래스를 읽는 신경망이 없어요. 이 데이터셋으로 학습하면 여기에 나와요.</translation>
    </message>
    <message>
        <source>{n} pictures read; the set has no labels to compare with.</source>
        <translation>사진 {n}장을 읽었어요. 견줄 정답이 없는 데이터셋이에요.</translation>
    </message>
    <message>
        <source>{share} right: {wrong} of {n} read wrongly.</source>
        <translation>{share} 맞음: {n}장 중 {wrong}장을 틀리게 읽었어요.</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Folder with data sets (MNIST lies in it or in mnist/)</source>
        <translation>데이터셋 폴더 (그 안이나 mnist/ 안에 MNIST가 있는 곳)</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Data sets</source>
        <translation>데이터셋</translation>
    </message>
    <message>
        <source>Training runs</source>
        <translation>학습 기록</translation>
    </message>
    <message>
        <source>What can be made again</source>
        <translation>다시 만들 수 있는 것 (캐시)</translation>
    </message>
    <message>
        <source>Log folder</source>
        <translation>로그 폴더</translation>
    </message>
    <message>
        <source>What computes here</source>
        <translation>계산하는 장치</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템과 같게</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>폴더 보기</translation>
    </message>
    <message>
        <source>Choose another folder</source>
        <translation>다른 폴더 선택</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>None chosen; the 5,000 bundled digits need none.</source>
        <translation>고르지 않았어요. 내장된 숫자 5,000개는 폴더가 없어도 돼요.</translation>
    </message>
</context>
<context>
    <name>Setup</name>
    <message>
        <source>Folder with your data sets</source>
        <translation>데이터셋 폴더</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>레시피</translation>
    </message>
    <message>
        <source>Knobs</source>
        <translation>조절</translation>
    </message>
    <message>
        <source>act while it runs</source>
        <translation>실행 중에 바로 반영</translation>
    </message>
    <message>
        <source>Fixed for this run</source>
        <translation>이번 실행 동안 고정</translation>
    </message>
    <message>
        <source>Set before the start</source>
        <translation>시작 전에 정하기</translation>
    </message>
    <message>
        <source>Compare with another run</source>
        <translation>다른 실행과 비교</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>Choose its folder</source>
        <translation>폴더 고르기</translation>
    </message>
    <message>
        <source>Fewer settings</source>
        <translation>설정 접기</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>설정 더 보기</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>실행 목록</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Backbone, neck, head…</source>
        <translation>백본, 넥, 헤드…</translation>
    </message>
    <message>
        <source>The three parts of a network on a real picture</source>
        <translation>실제 그림으로 보는 신경망의 세 부분</translation>
    </message>
    <message>
        <source>Compare ways to learn…</source>
        <translation>배우는 방법 비교…</translation>
    </message>
    <message>
        <source>Frozen, fine-tuned and from nothing, with few pictures</source>
        <translation>얼리기, 미세 조정, 처음부터를 그림 몇 장으로 견줘요</translation>
    </message>
    <message>
        <source>Networks: from LeNet to ResNet, skips, dropout</source>
        <translation>신경망: LeNet에서 ResNet까지, 건너뛰는 길, dropout</translation>
    </message>
    <message>
        <source>Experiment: MLP and CNN on shuffled pixels</source>
        <translation>실험: 픽셀을 섞은 숫자와 MLP, CNN</translation>
    </message>
    <message>
        <source>This set is not on this machine yet. Choose the folder that holds it as it was published:</source>
        <translation>이 데이터는 아직 이 컴퓨터에 없어요. 배포된 그대로의 파일이 든 폴더를 골라 주세요. 출처:</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>자동</translation>
    </message>
</context>
<context>
    <name>ShapesRoom</name>
    <message>
        <source>of each picture</source>
        <translation>입력 하나마다</translation>
    </message>
    <message>
        <source>{n} of them biases</source>
        <translation>그중 편향 {n}개</translation>
    </message>
    <message>
        <source>Shapes</source>
        <translation>크기 계산</translation>
    </message>
    <message>
        <source>Directions the kernel moves in</source>
        <translation>커널이 움직이는 방향 수</translation>
    </message>
    <message>
        <source>valid</source>
        <translation>valid</translation>
    </message>
    <message>
        <source>same</source>
        <translation>same</translation>
    </message>
    <message>
        <source>Padding</source>
        <translation>패딩</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>길이</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>높이</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>폭</translation>
    </message>
    <message>
        <source>Time or depth</source>
        <translation>시간이나 깊이</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>채널</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Size of the kernel</source>
        <translation>커널 크기</translation>
    </message>
    <message>
        <source>Stride</source>
        <translation>보폭</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>배치</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>출력</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>곱셈</translation>
    </message>
    <message>
        <source>One direction: sentences, sound, sensor values over time.</source>
        <translation>한 방향: 문장, 소리, 시간에 따른 센서 값.</translation>
    </message>
    <message>
        <source>Two directions: photographs. What most of this app computes.</source>
        <translation>두 방향: 사진. 이 앱이 주로 계산하는 것이에요.</translation>
    </message>
    <message>
        <source>Three directions: MRI, CT, video.</source>
        <translation>세 방향: MRI, CT, 영상.</translation>
    </message>
</context>
<context>
    <name>Shown</name>
    <message>
        <source>Index {i}</source>
        <translation>번호 {i}</translation>
    </message>
    <message>
        <source>{n} objects</source>
        <translation>물체 {n}개</translation>
    </message>
    <message>
        <source>{n} of {total} windows</source>
        <translation>구간 {total}개 중 {n}개</translation>
    </message>
    <message>
        <source>{n} of {total} pictures</source>
        <translation>{total}장 중 {n}장</translation>
    </message>
    <message>
        <source>{n} windows, {k} kinds</source>
        <translation>구간 {n}개, {k}종류</translation>
    </message>
    <message>
        <source>{n} pictures, {k} kinds</source>
        <translation>{n}장, {k}가지</translation>
    </message>
    <message>
        <source>{n} pictures</source>
        <translation>사진 {n}장</translation>
    </message>
    <message>
        <source>, {n} objects</source>
        <translation>, 물체 {n}개</translation>
    </message>
</context>
<context>
    <name>Side</name>
    <message>
        <source>Classes</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Class of the picture</source>
        <translation>사진의 클래스</translation>
    </message>
    <message>
        <source>Sentences, one a line</source>
        <translation>문장, 한 줄에 하나</translation>
    </message>
    <message>
        <source>Find or add a class</source>
        <translation>클래스 찾기, 추가</translation>
    </message>
    <message>
        <source>Enter chooses the class with this name, or adds it.</source>
        <translation>Enter를 누르면 이 이름의 클래스를 고르고, 없으면 추가해요.</translation>
    </message>
    <message>
        <source>Classes; keys 1 to 9 choose</source>
        <translation>클래스. 1–9 키로 골라요</translation>
    </message>
    <message>
        <source>Objects in this picture; Delete removes one</source>
        <translation>이 사진의 물체. Delete로 지워요</translation>
    </message>
    <message>
        <source>Nothing is marked here yet.</source>
        <translation>아직 표시한 것이 없어요.</translation>
    </message>
    <message>
        <source>Objects ({n})</source>
        <translation>물체 ({n})</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
</context>
<context>
    <name>SignalLook</name>
    <message>
        <source>All windows</source>
        <translation>모든 구간</translation>
    </message>
    <message>
        <source>Back to all windows (Esc)</source>
        <translation>모든 구간으로 돌아가기 (Esc)</translation>
    </message>
    <message>
        <source>Next window (Page Down)</source>
        <translation>다음 구간 (Page Down)</translation>
    </message>
    <message>
        <source>The chosen window; arrows read its values</source>
        <translation>고른 구간. 화살표로 값을 읽어요</translation>
    </message>
    <message>
        <source>{n} samples</source>
        <translation>샘플 {n}개</translation>
    </message>
    <message>
        <source>, {rate} a second</source>
        <translation>, 초당 {rate}회</translation>
    </message>
    <message>
        <source>, recording {group}</source>
        <translation>, 녹음 {group}</translation>
    </message>
</context>
<context>
    <name>SignalReading</name>
    <message>
        <source>Another window</source>
        <translation>다른 구간</translation>
    </message>
    <message>
        <source>Next kernel</source>
        <translation>다음 커널</translation>
    </message>
    <message>
        <source>Play a person’s recording; the network answers as it runs</source>
        <translation>한 사람의 기록을 재생해요. 흐르는 동안 신경망이 계속 답해요</translation>
    </message>
    <message>
        <source>label</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>Answer: a probability for each class</source>
        <translation>답: 클래스마다의 확률</translation>
    </message>
    <message>
        <source>A kernel slides along the signal; arrows move it, space plays</source>
        <translation>커널이 신호를 따라 움직여요. 화살표로 옮기고 스페이스로 재생해요</translation>
    </message>
    <message>
        <source>Leave one out…</source>
        <translation>한 사람 빼기…</translation>
    </message>
    <message>
        <source>Train once for each person, without that person</source>
        <translation>사람마다 그 사람을 빼고 한 번씩 학습해요</translation>
    </message>
    <message>
        <source>Sensors…</source>
        <translation>센서…</translation>
    </message>
    <message>
        <source>Switch sensors off and see what is lost</source>
        <translation>센서를 끄고 얼마나 나빠지는지 봐요</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>Type a name</source>
        <translation>이름 입력</translation>
    </message>
    <message>
        <source>One window</source>
        <translation>구간 하나</translation>
    </message>
    <message>
        <source>Type three numbers</source>
        <translation>숫자 세 개 입력</translation>
    </message>
    <message>
        <source>kernel {n} of {count}, {wide} samples wide</source>
        <translation>커널 {n}/{count}, 너비 {wide}샘플</translation>
    </message>
</context>
<context>
    <name>SkipsPane</name>
    <message>
        <source>Click an arc to cut the skip of that block. Then only F(x) goes on, and the gradient has no way past.</source>
        <translation>활 모양 선을 누르면 그 블록의 건너뛰는 길이 끊겨요. 그러면 F(x)만 지나가고, 기울기가 돌아갈 길이 없어져요.</translation>
    </message>
    <message>
        <source>Fresh weights, 32 layers</source>
        <translation>새 가중치, 32층</translation>
    </message>
    <message>
        <source>Network to cut</source>
        <translation>끊어 볼 신경망</translation>
    </message>
    <message>
        <source>Cut all</source>
        <translation>모두 끊기</translation>
    </message>
    <message>
        <source>Mend all</source>
        <translation>모두 잇기</translation>
    </message>
    <message>
        <source>Residual blocks and their skips</source>
        <translation>잔차 블록과 건너뛰는 길</translation>
    </message>
    <message>
        <source>Gradient by layer, whole network = 1, first layer on top</source>
        <translation>층별 기울기 (끊기 전 = 1, 첫 층이 맨 위)</translation>
    </message>
    <message>
        <source>Gradient by layer</source>
        <translation>층마다의 기울기</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>계산하는 중이에요…</translation>
    </message>
    <message>
        <source>{cut} of {all} skips cut: it reads {now:.1f} % of {n} test pictures; whole {whole:.1f} %.</source>
        <translation>건너뛰는 길 {all}개 중 {cut}개를 끊었어요. 시험 그림 {n}장 중 {now:.1f} %를 맞혀요. 끊기 전에는 {whole:.1f} %였어요.</translation>
    </message>
    <message>
        <source>{cut} of {all} skips cut: hardly any gradient reaches the first layer. It vanishes.</source>
        <translation>건너뛰는 길 {all}개 중 {cut}개를 끊었어요. 기울기가 첫 층까지 거의 오지 않아요. 기울기 소실이에요.</translation>
    </message>
    <message>
        <source>{cut} of {all} skips cut: the gradient reaches the first layer.</source>
        <translation>건너뛰는 길 {all}개 중 {cut}개를 끊었어요. 기울기가 첫 층까지 와요.</translation>
    </message>
</context>
<context>
    <name>SourcePicker</name>
    <message>
        <source>Camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>화면</translation>
    </message>
    <message>
        <source>Tour</source>
        <translation>내장</translation>
    </message>
    <message>
        <source>Kind of source</source>
        <translation>입력 종류</translation>
    </message>
    <message>
        <source>Resolution of the camera</source>
        <translation>카메라 해상도</translation>
    </message>
    <message>
        <source>Frame rate of the camera</source>
        <translation>카메라 프레임 수</translation>
    </message>
    <message>
        <source>Look for cameras again</source>
        <translation>카메라 다시 찾기</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>파일…</translation>
    </message>
    <message>
        <source>Open a video or a picture</source>
        <translation>영상이나 사진 열기</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>폴더…</translation>
    </message>
    <message>
        <source>Open a folder of pictures</source>
        <translation>사진 폴더 열기</translation>
    </message>
    <message>
        <source>Stream…</source>
        <translation>스트림…</translation>
    </message>
    <message>
        <source>Write the address of a stream</source>
        <translation>스트림 주소 쓰기</translation>
    </message>
    <message>
        <source>Address of the stream, then Enter</source>
        <translation>스트림 주소를 쓰고 Enter</translation>
    </message>
    <message>
        <source>Files opened before</source>
        <translation>전에 연 파일</translation>
    </message>
    <message>
        <source>Part of the screen</source>
        <translation>화면의 부분</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>왼쪽</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>위쪽</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>너비</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>높이</translation>
    </message>
    <message>
        <source>{side}, in pixels</source>
        <translation>{side}, 픽셀</translation>
    </message>
    <message>
        <source>A slow walk over photographs that came with the app. No camera needed.</source>
        <translation>앱에 들어 있는 사진 위를 천천히 둘러봐요. 카메라가 없어도 돼요.</translation>
    </message>
    <message>
        <source>The whole first screen</source>
        <translation>첫 번째 화면 전체</translation>
    </message>
    <message>
        <source>A part of it</source>
        <translation>화면 일부</translation>
    </message>
    <message>
        <source>No camera</source>
        <translation>카메라 없음</translation>
    </message>
    <message>
        <source>Looking for cameras</source>
        <translation>카메라 찾는 중</translation>
    </message>
    <message>
        <source>Plug one in and it appears here.</source>
        <translation>카메라를 연결하면 여기에 나와요.</translation>
    </message>
    <message>
        <source>Resolution as it comes</source>
        <translation>원래 해상도</translation>
    </message>
    <message>
        <source>{n} frames a second</source>
        <translation>초당 {n}프레임</translation>
    </message>
    <message>
        <source>Frame rate as it comes</source>
        <translation>원래 프레임 수</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>영상</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Videos and pictures</source>
        <translation>영상과 사진</translation>
    </message>
</context>
<context>
    <name>SpeedRoom</name>
    <message>
        <source>Speed and accuracy</source>
        <translation>속도와 정확도</translation>
    </message>
    <message>
        <source>time: here</source>
        <translation>시간: 여기서 측정</translation>
    </message>
    <message>
        <source>AP: as published</source>
        <translation>AP: 발표값</translation>
    </message>
    <message>
        <source>Each detector looks at this picture five times after one that warms up; the line is the spread.</source>
        <translation>검출기마다 준비로 한 번, 그다음 다섯 번 이 사진을 봐요. 선은 흩어진 정도예요.</translation>
    </message>
    <message>
        <source>ms a picture, measured here</source>
        <translation>사진 한 장에 ms, 여기서 측정</translation>
    </message>
    <message>
        <source>AP@[.5:.95], as its card quotes it</source>
        <translation>AP@[.5:.95], 카드에 적힌 값</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>Measure the detectors here</source>
        <translation>여기서 검출기 시간 재기</translation>
    </message>
    <message>
        <source>Takes a second for a light detector, up to half a minute for a large one.</source>
        <translation>가벼운 검출기는 1초, 큰 검출기는 30초까지 걸려요.</translation>
    </message>
    <message>
        <source>No detector is on this machine yet; get or train one above.</source>
        <translation>검출기가 아직 없어요. 위에서 받거나 학습해 주세요.</translation>
    </message>
    <message>
        <source>Detectors timed: {n}, up to five runs each.</source>
        <translation>검출기 {n}개, 많게는 다섯 번씩 쟀어요.</translation>
    </message>
    <message>
        <source>{name}
  {ms:.0f} ms · AP {ap} · {n} objects here</source>
        <translation>{name}
  {ms:.0f} ms · AP {ap} · 여기서 물체 {n}개</translation>
    </message>
</context>
<context>
    <name>SplitDialog</name>
    <message>
        <source>Make a split</source>
        <translation>나눔 만들기</translation>
    </message>
    <message>
        <source>Split this part</source>
        <translation>나눌 부분</translation>
    </message>
    <message>
        <source>val: to watch while training</source>
        <translation>val: 학습 중에 살펴볼 것</translation>
    </message>
    <message>
        <source>test: to measure once at the end</source>
        <translation>test: 끝에 한 번 잴 것</translation>
    </message>
    <message>
        <source>Share out</source>
        <translation>나누는 방법</translation>
    </message>
    <message>
        <source>each class</source>
        <translation>클래스마다</translation>
    </message>
    <message>
        <source>by group</source>
        <translation>묶음별</translation>
    </message>
    <message>
        <source>by chance</source>
        <translation>무작위</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Another seed</source>
        <translation>다른 시드</translation>
    </message>
    <message>
        <source>What each part gets of each class</source>
        <translation>부분마다 받는 클래스별 개수</translation>
    </message>
    <message>
        <source>Save as JSON</source>
        <translation>JSON으로 저장</translation>
    </message>
    <message>
        <source>Write the parts as a set</source>
        <translation>데이터셋으로 쓰기</translation>
    </message>
    <message>
        <source>train: to learn from, {n:.0f}&#x2009;%</source>
        <translation>train: 배울 것, {n:.0f}&#x2009;%</translation>
    </message>
    <message>
        <source>all</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Save the split</source>
        <translation>나눔 저장</translation>
    </message>
</context>
<context>
    <name>StageHead</name>
    <message>
        <source>Find: class or index</source>
        <translation>찾기: 클래스, 번호</translation>
    </message>
    <message>
        <source>A class shows only its pictures, an index (#123) goes to one, other words search names and captions. Key: /</source>
        <translation>클래스를 쓰면 그 그림만, 번호(#123)를 쓰면 그 그림으로, 다른 말은 이름과 설명에서 찾아요. 키: /</translation>
    </message>
    <message>
        <source>Find a class or a picture</source>
        <translation>클래스나 그림 찾기</translation>
    </message>
    <message>
        <source>Classes with their counts; Space shows only one</source>
        <translation>클래스와 개수. Space를 누르면 하나만 보여요</translation>
    </message>
    <message>
        <source>Part of the set</source>
        <translation>데이터셋의 나눔</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>지도</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>진단</translation>
    </message>
    <message>
        <source>Annotate</source>
        <translation>주석</translation>
    </message>
    <message>
        <source>Pictures, their map, their faults, or marking them</source>
        <translation>사진, 지도, 진단, 표시 달기</translation>
    </message>
    <message>
        <source>{n} unreadable</source>
        <translation>읽지 못함 {n}개</translation>
    </message>
    <message>
        <source>Files that were passed over, and why</source>
        <translation>건너뛴 파일과 그 까닭</translation>
    </message>
</context>
<context>
    <name>StageLooks</name>
    <message>
        <source>Index {i}</source>
        <translation>번호 {i}</translation>
    </message>
</context>
<context>
    <name>StageTools</name>
    <message>
        <source>File order</source>
        <translation>파일 순서</translation>
    </message>
    <message>
        <source>Most objects first</source>
        <translation>물체가 많은 것부터</translation>
    </message>
    <message>
        <source>By label</source>
        <translation>정답순</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>큰 것부터</translation>
    </message>
    <message>
        <source>Least sure first</source>
        <translation>확신이 작은 것부터</translation>
    </message>
    <message>
        <source>Hardest first</source>
        <translation>어려운 것부터</translation>
    </message>
    <message>
        <source>The order of the pictures</source>
        <translation>사진의 순서</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Filter: {n}</source>
        <translation>필터: {n}</translation>
    </message>
    <message>
        <source>Show only some: by size, by what a network read</source>
        <translation>일부만 보기: 크기, 신경망이 읽은 값</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>표시</translation>
    </message>
    <message>
        <source>What is shown over the pictures</source>
        <translation>사진 위에 보일 것</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>A list of all classes to search, in English and Korean</source>
        <translation>모든 클래스를 영어와 한국어로 찾아보는 목록</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>상자</translation>
    </message>
    <message>
        <source>Masks and outlines</source>
        <translation>마스크와 윤곽선</translation>
    </message>
    <message>
        <source>Keypoints</source>
        <translation>키포인트</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>설명 글</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>이름</translation>
    </message>
</context>
<context>
    <name>StartFrom</name>
    <message>
        <source>its own start</source>
        <translation>원래 시작값</translation>
    </message>
    <message>
        <source>bundled</source>
        <translation>내장</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>시작점</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Works offline</source>
        <translation>오프라인에서 동작</translation>
    </message>
    <message>
        <source>Nothing you see here needs the internet, and nothing is sent.</source>
        <translation>여기 있는 것은 모두 인터넷 없이 되고, 아무것도 보내지 않아요.</translation>
    </message>
    <message>
        <source>{used:.1f} of {total:.0f} GB</source>
        <translation>{total:.0f} GB 중 {used:.1f} GB</translation>
    </message>
    <message>
        <source>Memory this program uses, of what this computer has</source>
        <translation>컴퓨터의 메모리 중 이 프로그램이 쓰는 양</translation>
    </message>
</context>
<context>
    <name>StripRoom</name>
    <message>
        <source>grey levels</source>
        <translation>밝기 단계</translation>
    </message>
    <message>
        <source>batch, width, channels: (1, {n}, 3)  →  (1, {m}, 3)</source>
        <translation>배치, 폭, 채널: (1, {n}, 3)  →  (1, {m}, 3)</translation>
    </message>
    <message>
        <source>Place {at}, R</source>
        <translation>{at}번째 자리, R</translation>
    </message>
    <message>
        <source>Along one direction (Conv1D)</source>
        <translation>한 방향으로 (Conv1D)</translation>
    </message>
    <message>
        <source>signal: the picture&apos;s middle row, with noise</source>
        <translation>신호: 사진의 가운데 줄에 노이즈를 더한 것</translation>
    </message>
    <message>
        <source>what the kernel answers: point at a place to see its sum</source>
        <translation>커널의 답: 자리를 가리키면 합이 나와요</translation>
    </message>
    <message>
        <source>The same for sentences, sound and sensors: smoothing takes the noise away.</source>
        <translation>문장, 소리, 센서도 같아요. 매끄럽게 하면 노이즈가 빠져요.</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>커널</translation>
    </message>
    <message>
        <source>Size of the kernel</source>
        <translation>커널 크기</translation>
    </message>
    <message>
        <source>Stride</source>
        <translation>보폭</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>노이즈</translation>
    </message>
    <message>
        <source>valid</source>
        <translation>valid</translation>
    </message>
    <message>
        <source>same</source>
        <translation>same</translation>
    </message>
    <message>
        <source>Padding</source>
        <translation>패딩</translation>
    </message>
</context>
<context>
    <name>StyleFast</name>
    <message>
        <source>no second style</source>
        <translation>두 번째 화풍 없음</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>세기</translation>
    </message>
    <message>
        <source>Share of the second style</source>
        <translation>두 번째 화풍의 비율</translation>
    </message>
    <message>
        <source>Longer side</source>
        <translation>긴 변</translation>
    </message>
    <message>
        <source>Steadiness</source>
        <translation>안정도</translation>
    </message>
    <message>
        <source>Towards</source>
        <translation>향하는 쪽</translation>
    </message>
    <message>
        <source>Second style</source>
        <translation>두 번째 화풍</translation>
    </message>
    <message>
        <source>Forget this style</source>
        <translation>이 화풍 지우기</translation>
    </message>
    <message>
        <source>The fast painter does not know this picture yet. Learning it takes about a minute.</source>
        <translation>빠른 화가가 아직 모르는 그림이에요. 배우는 데 1분쯤 걸려요.</translation>
    </message>
</context>
<context>
    <name>StyleLayers</name>
    <message>
        <source>up to {layer}</source>
        <translation>{layer}까지</translation>
    </message>
    <message>
        <source>What each layer keeps of the photo</source>
        <translation>층마다 사진에서 남기는 것</translation>
    </message>
    <message>
        <source>Fine layers keep every pixel; coarse ones only what is where.</source>
        <translation>얕은 층은 픽셀을 모두 남기고, 깊은 층은 무엇이 어디 있는지만 남겨요.</translation>
    </message>
    <message>
        <source>What the layers keep of the style</source>
        <translation>층이 화풍에서 남기는 것</translation>
    </message>
    <message>
        <source>From left to right one layer more: first colours and grain, then strokes and shapes.</source>
        <translation>오른쪽으로 갈수록 층을 하나씩 더해요. 색과 결이 먼저, 붓질과 모양이 나중에 나와요.</translation>
    </message>
</context>
<context>
    <name>StylePage</name>
    <message>
        <source>Style</source>
        <translation>화풍</translation>
    </message>
</context>
<context>
    <name>StyleSetup</name>
    <message>
        <source>Open a picture whose style to take</source>
        <translation>화풍을 가져올 그림 열기</translation>
    </message>
    <message>
        <source>Pictures ({kinds})</source>
        <translation>그림 ({kinds})</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>화풍</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>열기…</translation>
    </message>
    <message>
        <source>No fast painter is here. Train the recipe “style” first.</source>
        <translation>빠른 화가가 없어요. style 레시피를 먼저 학습해 주세요.</translation>
    </message>
    <message>
        <source>learnt here</source>
        <translation>여기서 배움</translation>
    </message>
    <message>
        <source>Open a photo or a video</source>
        <translation>사진이나 영상 열기</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>방식</translation>
    </message>
    <message>
        <source>Open a photo or a video, or drop one on the stage</source>
        <translation>사진이나 영상을 열거나 무대에 놓아 보세요</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>빠르게</translation>
    </message>
    <message>
        <source>Gatys</source>
        <translation>게티스</translation>
    </message>
    <message>
        <source>Fast: one pass of a network. Gatys: the pixels are optimised.</source>
        <translation>빠른 방식: 신경망을 한 번 거쳐요. 게티스: 픽셀을 최적화해요.</translation>
    </message>
    <message>
        <source>Your own…</source>
        <translation>내 그림…</translation>
    </message>
    <message>
        <source>Take the style of any picture, or drop one here</source>
        <translation>아무 그림에서나 화풍을 가져오거나 여기에 놓으세요</translation>
    </message>
    <message>
        <source>Styles</source>
        <translation>화풍 목록</translation>
    </message>
    <message>
        <source>Style weight</source>
        <translation>화풍 가중치</translation>
    </message>
    <message>
        <source>Content weight</source>
        <translation>내용 가중치</translation>
    </message>
    <message>
        <source>Smoothness</source>
        <translation>매끄러움</translation>
    </message>
    <message>
        <source>Longer side</source>
        <translation>긴 변</translation>
    </message>
</context>
<context>
    <name>StyleSide</name>
    <message>
        <source>step {n:,}</source>
        <translation>스텝 {n:,}</translation>
    </message>
    <message>
        <source>What the style layers keep</source>
        <translation>화풍 층이 기억하는 것</translation>
    </message>
    <message>
        <source>Losses</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Film of steps</source>
        <translation>스텝 필름</translation>
    </message>
    <message>
        <source>Bright: two channels active together. Click a layer to take it in or out.</source>
        <translation>밝을수록 두 채널이 함께 켜져요. 층을 누르면 넣거나 뺄 수 있어요.</translation>
    </message>
    <message>
        <source>scales γ</source>
        <translation>배율 γ</translation>
    </message>
    <message>
        <source>shifts β</source>
        <translation>이동 β</translation>
    </message>
    <message>
        <source>This network could not be opened, so there are no layers of it to choose. The stack of layers in the header lists which are here.</source>
        <translation>이 신경망을 열지 못해서 고를 층이 없어요. 어떤 신경망이 있는지는 위쪽의 층 모양 아이콘(모델)에서 볼 수 있어요.</translation>
    </message>
    <message>
        <source>Bright: two channels active together. This is what it learnt to paint.</source>
        <translation>밝을수록 두 채널이 함께 켜져요. 이것을 그리도록 배웠어요.</translation>
    </message>
    <message>
        <source>The style as numbers</source>
        <translation>숫자로 본 화풍</translation>
    </message>
    <message>
        <source>All that tells this style from the others. Bright: raised, dark: lowered.</source>
        <translation>이 화풍을 다른 화풍과 가르는 전부예요. 밝으면 키우고 어두우면 줄여요.</translation>
    </message>
    <message>
        <source>Click a step to see it large.</source>
        <translation>스텝을 누르면 크게 보여요.</translation>
    </message>
    <message>
        <source>Content layer</source>
        <translation>내용 층</translation>
    </message>
    <message>
        <source>Gram pictures of the style layers</source>
        <translation>화풍 층의 Gram 그림</translation>
    </message>
    <message>
        <source>Style loss</source>
        <translation>화풍 손실</translation>
    </message>
    <message>
        <source>Content loss</source>
        <translation>내용 손실</translation>
    </message>
</context>
<context>
    <name>StyleStage</name>
    <message>
        <source>Painting</source>
        <translation>그림</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>층</translation>
    </message>
    <message>
        <source>What the stage shows</source>
        <translation>무대에 보이는 것</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>저장…</translation>
    </message>
    <message>
        <source>Save the painting</source>
        <translation>그림 저장</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Photo and painting, split by a line</source>
        <translation>선으로 나뉜 사진과 그림</translation>
    </message>
</context>
<context>
    <name>StyleView</name>
    <message>
        <source>{done:,} of {total:,} evaluations</source>
        <translation>{total:,}번 중 {done:,}번 계산</translation>
    </message>
    <message>
        <source>about {s:.0f} s left</source>
        <translation>약 {s:.0f}초 남음</translation>
    </message>
    <message>
        <source>Painted</source>
        <translation>완성</translation>
    </message>
    <message>
        <source>Stopped; the best so far is kept</source>
        <translation>정지함. 가장 좋은 그림은 남아 있어요</translation>
    </message>
    <message>
        <source>Nothing was painted</source>
        <translation>그림 없음</translation>
    </message>
    <message>
        <source>Save the painting</source>
        <translation>그림 저장</translation>
    </message>
    <message>
        <source>Pictures ({kinds})</source>
        <translation>그림 ({kinds})</translation>
    </message>
    <message>
        <source>{photo}, in the style of {style}</source>
        <translation>{photo}, ‘{style}’ 화풍으로</translation>
    </message>
    <message>
        <source>Rebuild</source>
        <translation>되살리기</translation>
    </message>
    <message>
        <source>ten pictures, some seconds</source>
        <translation>그림 10장, 몇 초</translation>
    </message>
    <message>
        <source>Click a picture to see it large.</source>
        <translation>그림을 누르면 크게 보여요.</translation>
    </message>
    <message>
        <source>Painted in {ms:.0f} ms by {way}. Drag the line.</source>
        <translation>{ms:.0f} ms 만에 그렸어요({way}). 선을 끌어 보세요.</translation>
    </message>
    <message>
        <source>Let the painter learn this style first.</source>
        <translation>먼저 화가에게 이 화풍을 배우게 하세요.</translation>
    </message>
    <message>
        <source>Drag the line. Hold H to see the photo.</source>
        <translation>선을 끌어 보세요. H를 누르고 있으면 사진이 보여요.</translation>
    </message>
    <message>
        <source>Choose a photo and a style, then Paint.</source>
        <translation>사진과 화풍을 고르고 ‘그리기’를 누르세요.</translation>
    </message>
    <message>
        <source>{n:,} evaluations at {size:,} px</source>
        <translation>{size:,} px, {n:,}번 계산</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>그리기</translation>
    </message>
    <message>
        <source>Painting</source>
        <translation>그림</translation>
    </message>
</context>
<context>
    <name>SweepDialog</name>
    <message>
        <source>Choose at least one setting to vary.</source>
        <translation>바꿀 설정을 하나 이상 고르세요.</translation>
    </message>
    <message>
        <source>{n} runs</source>
        <translation>실행 {n}개</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>스윕</translation>
    </message>
    <message>
        <source>Vary settings</source>
        <translation>설정 바꿔 보기</translation>
    </message>
    <message>
        <source>A grid tries every combination of its values. Random draws between two ends, and finds good settings in fewer runs.</source>
        <translation>grid는 값의 모든 조합을 해 봐요. random은 두 끝 사이에서 뽑아서, 더 적은 실행으로 좋은 설정을 찾아요.</translation>
    </message>
    <message>
        <source>fixed</source>
        <translation>고정</translation>
    </message>
    <message>
        <source>grid: a,b,c</source>
        <translation>격자: a,b,c</translation>
    </message>
    <message>
        <source>random: a..b</source>
        <translation>무작위: a..b</translation>
    </message>
    <message>
        <source>Draws</source>
        <translation>뽑는 횟수</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Put into the queue</source>
        <translation>대기열에 넣기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>SweepPane</name>
    <message>
        <source>Best of {n} on what was held out: {figure} with {values}.</source>
        <translation>{n}개 가운데 따로 둔 그림에서 가장 좋은 것: {figure}, {values}.</translation>
    </message>
    <message>
        <source>Sweep {name}, {n} runs</source>
        <translation>스윕 {name}, 실행 {n}개</translation>
    </message>
    <message>
        <source>All runs of the newest recipe</source>
        <translation>가장 최근 레시피의 모든 실행</translation>
    </message>
    <message>
        <source>Runs of</source>
        <translation>실행:</translation>
    </message>
    <message>
        <source>Show curves</source>
        <translation>곡선 보기</translation>
    </message>
    <message>
        <source>New sweep…</source>
        <translation>새 스윕…</translation>
    </message>
    <message>
        <source>Held-out figure against each setting</source>
        <translation>설정마다 따로 둔 그림의 점수</translation>
    </message>
    <message>
        <source>No two runs to compare</source>
        <translation>견줄 두 실행이 없어요</translation>
    </message>
    <message>
        <source>A sweep trains a recipe several times with varied settings. Then every setting gets a chart here.</source>
        <translation>스윕은 설정을 바꿔 가며 레시피를 여러 번 학습해요. 끝나면 설정마다 차트가 여기에 나와요.</translation>
    </message>
</context>
<context>
    <name>TableStage</name>
    <message>
        <source>The usual world</source>
        <translation>처음 세계로</translation>
    </message>
    <message>
        <source>Numbers: Q of each move. Arrow: the best. Click a cell: +1, −1, wall, plain.</source>
        <translation>숫자: 행동마다의 Q. 화살표: 가장 좋은 행동. 칸을 누르면 +1, −1, 벽, 빈칸으로 바뀌어요.</translation>
    </message>
    <message>
        <source>Left: one point now. Right: give one, wait three steps, take three. Lower γ and see.</source>
        <translation>왼쪽: 지금 1점. 오른쪽: 1점을 주고 세 스텝 뒤에 3점. γ를 낮춰 보세요.</translation>
    </message>
    <message>
        <source>Press Start below: it begins knowing nothing.</source>
        <translation>아래 시작을 누르세요. 아무것도 모르는 데서 시작해요.</translation>
    </message>
    <message>
        <source>state {s} → move {a} → reward {r} → state {t}</source>
        <translation>상태 {s} → 행동 {a} → 보상 {r} → 상태 {t}</translation>
    </message>
    <message>
        <source>a guess (ε)</source>
        <translation>찍기 (ε)</translation>
    </message>
    <message>
        <source>its best move</source>
        <translation>가장 좋은 행동</translation>
    </message>
    <message>
        <source>{games:,} games, {steps:,} steps, last game {score:+.2f} · {guess}</source>
        <translation>{games:,}판, {steps:,}스텝, 지난 판 {score:+.2f} · {guess}</translation>
    </message>
</context>
<context>
    <name>TablesRoom</name>
    <message>
        <source>Hold</source>
        <translation>멈춤</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>재생</translation>
    </message>
    <message>
        <source>Step {now} of {all}</source>
        <translation>{all}걸음 중 {now}</translation>
    </message>
    <message>
        <source>Press Play, or click a cell of the result.</source>
        <translation>재생을 누르거나 결과의 칸을 누르세요.</translation>
    </message>
    <message>
        <source>Size of the result: {formula}</source>
        <translation>결과의 크기: {formula}</translation>
    </message>
    <message>
        <source>The lectures’ tables</source>
        <translation>강의의 표</translation>
    </message>
    <message>
        <source>Press Play: every step multiplies one window and writes one number.</source>
        <translation>재생을 누르세요. 한 걸음마다 창 하나를 곱해서 숫자 하나를 적어요.</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>표</translation>
    </message>
    <message>
        <source>slide note</source>
        <translation>강의 자료 메모</translation>
    </message>
    <message>
        <source>One step</source>
        <translation>한 걸음</translation>
    </message>
    <message>
        <source>From the beginning</source>
        <translation>처음부터</translation>
    </message>
    <message>
        <source>Input, kernel and result</source>
        <translation>입력, 커널, 결과</translation>
    </message>
    <message>
        <source>input</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>커널</translation>
    </message>
    <message>
        <source>result</source>
        <translation>결과</translation>
    </message>
</context>
<context>
    <name>TeachView</name>
    <message>
        <source>{r} recordings, {n} frames</source>
        <translation>녹화 {r}개, 프레임 {n}장</translation>
    </message>
    <message>
        <source>learnt in {s} s</source>
        <translation>{s}초에 학습</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>열기…</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>저장…</translation>
    </message>
    <message>
        <source>ONNX…</source>
        <translation>ONNX…</translation>
    </message>
    <message>
        <source>Watch with it</source>
        <translation>이걸로 지켜보기</translation>
    </message>
    <message>
        <source>Hold “Hold to record” while you show the thing. Two recordings of each class, then Learn.</source>
        <translation>물건을 보여 주면서 ‘누르고 녹화’를 누르고 있으세요. 클래스마다 두 번 녹화한 다음 학습을 누르세요.</translation>
    </message>
    <message>
        <source>careful</source>
        <translation>주의</translation>
    </message>
    <message>
        <source>Live picture</source>
        <translation>실시간 화면</translation>
    </message>
    <message>
        <source>Answer: a probability for each class</source>
        <translation>답: 클래스마다의 확률</translation>
    </message>
    <message>
        <source>Right, by recording</source>
        <translation>정확도 (녹화별)</translation>
    </message>
    <message>
        <source>Right, by frame</source>
        <translation>정확도 (프레임별)</translation>
    </message>
    <message>
        <source>Border alone</source>
        <translation>가장자리만</translation>
    </message>
</context>
<context>
    <name>Told</name>
    <message>
        <source>Small pictures of this stage</source>
        <translation>이 단계의 작은 그림</translation>
    </message>
    <message>
        <source>{time} measured here</source>
        <translation>{time}, 여기서 측정</translation>
    </message>
</context>
<context>
    <name>ToolBox</name>
    <message>
        <source>Tools</source>
        <translation>도구</translation>
    </message>
    <message>
        <source>Select and move (V)</source>
        <translation>고르고 옮기기 (V)</translation>
    </message>
    <message>
        <source>Box (B)</source>
        <translation>상자 (B)</translation>
    </message>
    <message>
        <source>Outline (P)</source>
        <translation>윤곽선 (P)</translation>
    </message>
    <message>
        <source>Brush (M)</source>
        <translation>붓 (M)</translation>
    </message>
    <message>
        <source>Eraser (E)</source>
        <translation>지우개 (E)</translation>
    </message>
</context>
<context>
    <name>TourStrip</name>
    <message>
        <source>Skip the tour</source>
        <translation>안내 건너뛰기</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>다음</translation>
    </message>
    <message>
        <source>A short tour</source>
        <translation>짧은 안내</translation>
    </message>
</context>
<context>
    <name>TrainBar</name>
    <message>
        <source>Trying twenty steps…</source>
        <translation>20스텝을 해 보는 중…</translation>
    </message>
    <message>
        <source>How long will it take?</source>
        <translation>얼마나 걸릴까요?</translation>
    </message>
    <message>
        <source>epoch {now} of {epochs:g} · step {step:,} of {steps:,}</source>
        <translation>에폭 {now}/{epochs:g} · 스텝 {step:,}/{steps:,}</translation>
    </message>
    <message>
        <source>{gone} gone, about {left} left</source>
        <translation>{gone} 지남, 약 {left} 남음</translation>
    </message>
    <message>
        <source>about {time}, as on this machine before</source>
        <translation>약 {time}, 이 컴퓨터의 지난 실행 기준</translation>
    </message>
    <message>
        <source>about {time} here</source>
        <translation>여기서 약 {time}</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>학습 시작</translation>
    </message>
    <message>
        <source>{name} is not on this machine yet: choose its folder at the left.</source>
        <translation>{name} 데이터가 아직 이 컴퓨터에 없어요. 왼쪽에서 폴더를 골라 주세요.</translation>
    </message>
    <message>
        <source>{n:.0f} s</source>
        <translation>{n:.0f}초</translation>
    </message>
    <message>
        <source>{m} min {s} s</source>
        <translation>{m}분 {s}초</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>학습 중</translation>
    </message>
    <message>
        <source>Race…</source>
        <translation>경주…</translation>
    </message>
    <message>
        <source>Two settings on the same pictures from the same starting weights</source>
        <translation>같은 그림, 같은 시작 가중치에서 두 설정</translation>
    </message>
    <message>
        <source>Takes twenty steps with these settings, keeps nothing, and tells the time</source>
        <translation>이 설정으로 20스텝만 해 보고, 아무것도 남기지 않고 시간을 알려 줘요</translation>
    </message>
    <message>
        <source>Done in {time}. {name} {figure:.1f} % on {n:,} windows ({split}). Best weights kept.</source>
        <translation>{time} 만에 마쳤어요. 구간 {n:,}개({split})에서 {name} {figure:.1f} %. 가장 좋은 가중치를 남겼어요.</translation>
    </message>
    <message>
        <source>Done in {time}. {accuracy:.1f} % on {n:,} test digits. Best weights kept.</source>
        <translation>{time} 만에 마쳤어요. 시험 숫자 {n:,}개에서 {accuracy:.1f} %. 가장 좋은 가중치를 남겼어요.</translation>
    </message>
    <message>
        <source>Done in {time}. {name} {figure:.1f} % on {n:,} photographs ({split}). Best weights kept.</source>
        <translation>{time} 만에 완료. 사진 {n:,}장({split})으로 잰 {name} {figure:.1f} %. 가장 좋은 가중치를 남겼어요.</translation>
    </message>
    <message>
        <source>Stopped after {time}. What was made is kept and can be resumed.</source>
        <translation>{time} 만에 정지했어요. 지금까지 만든 것은 남아 있고 이어 할 수 있어요.</translation>
    </message>
    <message>
        <source>Ended by an error after {time}; the note above says why.</source>
        <translation>{time} 만에 오류로 끝났어요. 이유는 위의 알림에 있어요.</translation>
    </message>
</context>
<context>
    <name>TrainPage</name>
    <message>
        <source>Train</source>
        <translation>학습</translation>
    </message>
</context>
<context>
    <name>TrainStage</name>
    <message>
        <source>Reconstruction error</source>
        <translation>복원 오차</translation>
    </message>
    <message>
        <source>Fréchet distance</source>
        <translation>프레셰 거리</translation>
    </message>
    <message>
        <source>Read with confidence</source>
        <translation>자신 있게 읽은 비율</translation>
    </message>
    <message>
        <source>Reconstruction, nats</source>
        <translation>복원 (nats)</translation>
    </message>
    <message>
        <source>Cross-entropy</source>
        <translation>교차 엔트로피</translation>
    </message>
    <message>
        <source>Layers learnt so far</source>
        <translation>지금까지 배운 층</translation>
    </message>
    <message>
        <source>Energy, data less dream</source>
        <translation>에너지 차이 (데이터 − 꿈)</translation>
    </message>
    <message>
        <source>Press Start below</source>
        <translation>아래 시작을 누르세요</translation>
    </message>
    <message>
        <source>Its weights stay in a pack of their own: photographs of people or unclear terms.</source>
        <translation>가중치는 따로 묶어 둬요. 사람 사진이거나 이용 조건이 분명하지 않아서예요.</translation>
    </message>
    <message>
        <source>Each check adds a frame.</source>
        <translation>검증할 때마다 한 장씩 늘어요.</translation>
    </message>
    <message>
        <source>What came with the app dreams this. Start teaches one of your own from nothing.</source>
        <translation>앱에 들어 있는 생성기가 꾸는 꿈이에요. 시작을 누르면 처음부터 직접 가르쳐요.</translation>
    </message>
    <message>
        <source>Pairs: a picture it never learnt from, and what came through the code.</source>
        <translation>짝: 배우지 않은 그림과 코드를 거쳐 나온 그림이에요.</translation>
    </message>
    <message>
        <source>Dreams at the end of long Gibbs chains, always from the same noise.</source>
        <translation>긴 깁스 사슬 끝의 꿈이에요. 늘 같은 잡음에서 시작해요.</translation>
    </message>
    <message>
        <source>Always the same 64 codes.</source>
        <translation>늘 같은 코드 64개예요.</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>표본</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>내부</translation>
    </message>
    <message>
        <source>Gibbs chain</source>
        <translation>깁스 사슬</translation>
    </message>
    <message>
        <source>Only machines with an energy have one.</source>
        <translation>에너지가 있는 모델에만 있어요.</translation>
    </message>
    <message>
        <source>Every two seconds this place shows what it makes by then.</source>
        <translation>그때까지 배운 것으로 만든 그림을 2초마다 여기에 보여 줘요.</translation>
    </message>
    <message>
        <source>Film of checks</source>
        <translation>검증 필름</translation>
    </message>
    <message>
        <source>Click a moment to see it large</source>
        <translation>누르면 그때를 크게 봐요</translation>
    </message>
</context>
<context>
    <name>TrainingDialog</name>
    <message>
        <source>Start again</source>
        <translation>다시 시작</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
</context>
<context>
    <name>TransferDialog</name>
    <message>
        <source>Transfer</source>
        <translation>전이</translation>
    </message>
    <message>
        <source>Is it worth starting from a learnt network?</source>
        <translation>배운 신경망에서 시작하면 나을까요?</translation>
    </message>
    <message>
        <source>Learnt from: {source}. New data: {target}. The more alike the two are, the more it helps; the unlike source is {other}. All ways see the same pictures and are measured on the same part that none has seen.</source>
        <translation>배운 데이터: {source}. 새 데이터: {target}. 둘이 닮을수록 도움이 돼요. 닮지 않은 백본은 {other}에서 배웠어요. 모든 방법이 같은 그림을 보고, 아무도 본 적 없는 같은 부분으로 재요.</translation>
    </message>
    <message>
        <source>Pictures per class</source>
        <translation>클래스마다 그림 수</translation>
    </message>
    <message>
        <source>Accuracy over pictures per class, a line for each way</source>
        <translation>클래스마다 그림 수에 따른 정확도, 방법마다 선 하나</translation>
    </message>
    <message>
        <source>From nothing and fine-tuned take minutes each, frozen takes seconds.</source>
        <translation>처음부터 배우기와 미세 조정은 몇 분씩, 얼리기는 몇 초 걸려요.</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>One stage (.)</source>
        <translation>한 단계 (.)</translation>
    </message>
    <message>
        <source>Compute it again</source>
        <translation>다시 계산</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시정지</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Play again</source>
        <translation>다시 보기</translation>
    </message>
</context>
<context>
    <name>TreePane</name>
    <message>
        <source>Branch from here…</source>
        <translation>여기서 가지 치기…</translation>
    </message>
    <message>
        <source>Tree of runs</source>
        <translation>실행 나무</translation>
    </message>
    <message>
        <source>No run to go back in</source>
        <translation>돌아갈 실행이 없어요</translation>
    </message>
    <message>
        <source>A run keeps checkpoints on its way. Choose one in the table, and its tree appears here.</source>
        <translation>실행은 도중에 체크포인트를 남겨요. 표에서 하나를 고르면 여기에 나무가 나와요.</translation>
    </message>
    <message>
        <source>Step {n:,}: weights, optimizer and random numbers as they were.</source>
        <translation>{n:,}스텝: 그때의 가중치, 옵티마이저, 난수 그대로.</translation>
    </message>
    <message>
        <source>Click a mark on a line: that is a checkpoint to go back to.</source>
        <translation>선 위의 표시를 눌러 보세요. 돌아갈 수 있는 체크포인트예요.</translation>
    </message>
</context>
<context>
    <name>Views</name>
    <message>
        <source>Make a set: export, split, capture</source>
        <translation>데이터셋 만들기: 내보내기, 나누기, 촬영</translation>
    </message>
    <message>
        <source>Only photographs can be annotated; this set is numbers</source>
        <translation>사진에만 표시를 달 수 있어요. 이 데이터셋은 숫자예요</translation>
    </message>
</context>
<context>
    <name>Watch</name>
    <message>
        <source>Its best weights are looking at some photographs…</source>
        <translation>가장 좋은 가중치로 사진 몇 장을 보고 있어요…</translation>
    </message>
    <message>
        <source>There are no weights yet that could look: train first.</source>
        <translation>아직 볼 수 있는 가중치가 없어요. 먼저 학습해 보세요.</translation>
    </message>
</context>
</TS>
