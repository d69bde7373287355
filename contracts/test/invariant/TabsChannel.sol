// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Operators} from "../../src/operator/Operators.sol";
import {OrderBook} from "../../src/order/OrderBook.sol";
import {ITabs, Payee, TabState} from "../../src/tab/ITabs.sol";
import {TabsPeople} from "./TabsPeople.sol";

/// @notice What is bought on the tabs: states signed, brought by anybody at any time, corrected, paid.
abstract contract TabsChannel is TabsPeople {
    /// A state and who has signed it: the key always.
    struct Signed {
        TabState state;
        uint256 keyNumber;
        bool byOperator;
    }

    mapping(uint256 which => Signed[]) private _states;
    mapping(uint256 which => uint64) private _versions;

    constructor(OrderBook book_, Operators operators_, address token) TabsPeople(book_, operators_, token) {}

    /// @param spent Now and then more than there is.
    function signState(uint256 which, uint256 spent, bool byOperator, uint8 kind) external {
        which = which % 4;
        _sign(which, bound(spent, 0, _tabs[which].left + _tabs[which].claimed + (kind % 16 == 0 ? 1 : 0)), byOperator, kind % 4 == 0);
    }

    /// @param likely Come as one who may, with one of the newest states.
    function claim(uint256 which, uint256 pick, bool byOperator, uint8 likely) external {
        which = which % 4;
        Signed memory signed = _pick(which, pick, false, likely);
        Book storage tab = _tabs[which];
        bool allowed = _fits(tab, signed, byOperator) && _isOpen(tab) && tab.payableFrom == 0;
        allowed = allowed && signed.state.spent <= tab.left && likely != 0;
        bytes memory signature = _signature(tab, which, signed, !byOperator);
        vm.prank(_side(tab, which, byOperator, likely));
        _check(allowed, address(tabs), abi.encodeCall(ITabs.claim, (signed.state, byOperator, signature)));
        if (allowed) _claimed(tab, signed.state, byOperator, 0);
    }

    function challenge(uint256 which, uint256 pick, uint8 likely) external {
        which = which % 4;
        Signed memory signed = _pick(which, pick, false, likely);
        Book storage tab = _tabs[which];
        bool byOperator = !tab.byOperator;
        bool allowed = _fits(tab, signed, byOperator) && tab.payableFrom != 0 && block.timestamp < tab.payableFrom;
        allowed = allowed && tab.answers < 2 && signed.state.version > tab.claimedVersion;
        allowed = allowed && signed.state.spent <= tab.left + tab.claimed && likely != 0;
        bytes memory signature = _signature(tab, which, signed, !byOperator);
        vm.prank(_side(tab, which, byOperator, likely));
        _check(allowed, address(tabs), abi.encodeCall(ITabs.challenge, (signed.state, signature)));
        if (!allowed) return;
        if (tab.byOperator && signed.state.spent < tab.claimed) {
            _punished(tab.operatorId, _buyer(which), _currency(which), tab.claimed - signed.state.spent);
        }
        _claimed(tab, signed.state, byOperator, tab.answers + 1);
    }

    /// By whoever has both signatures; or by an operator, with the key's alone.
    function settle(uint256 which, uint256 pick, uint8 likely) external {
        which = which % 4;
        Signed memory signed = _pick(which, pick, true, likely);
        Book storage tab = _tabs[which];
        TabState memory state = signed.state;
        bool itself = likely % 3 == 0 && tab.operatorId != 0;
        bool allowed = state.closing && _fits(tab, signed, itself);
        allowed = allowed && state.version >= tab.claimedVersion && state.spent <= tab.left + tab.claimed;
        bytes memory byKey = sign(_secret(which, signed.keyNumber), tabs.digestOf(state));
        bytes memory byOperator = itself ? bytes("") : _signature(tab, which, signed, true);
        vm.prank(itself ? person(_operatorName(tab.operatorId)) : _stranger);
        _check(allowed, address(tabs), abi.encodeCall(ITabs.settle, (state, _payees(state.spent), byKey, byOperator)));
        if (!allowed) return;
        _paid(which, state.spent);
        _ended(which, tab.left + tab.claimed - state.spent);
    }

    function finish(uint256 which, uint8 wrong) external {
        which = which % 4;
        Book storage tab = _tabs[which];
        bool allowed = tab.payableFrom != 0 && block.timestamp >= tab.payableFrom && wrong != 0;
        Payee[] memory payees = _payees(uint128(tab.claimed));
        if (wrong == 0) payees[1].account = _stranger;
        bytes memory call_ = abi.encodeCall(ITabs.finish, (_buyer(which), _key(which), _currency(which), payees));
        vm.prank(_stranger);
        _check(allowed, address(tabs), call_);
        if (!allowed) return;
        _paid(which, tab.claimed);
        ++tab.epoch;
        (tab.claimed, tab.claimedVersion, tab.payableFrom) = (0, 0, 0);
        (tab.byOperator, tab.answers) = (false, 0);
    }

    /// @dev Somebody is caught over `amount`: half of the bond at most goes to the account, and as much to the treasury.
    function _punished(uint24 operatorId, address account, address currency, uint256 amount)
        internal
        returns (uint256 compensation)
    {
        uint256 bond = bonds[operatorId][currency];
        compensation = amount < bond - bond / 2 ? amount : bond - bond / 2;
        uint256 toTreasury = compensation < bond - compensation ? compensation : bond - compensation;
        bonds[operatorId][currency] = bond - compensation - toTreasury;
        expected[account][currency] += compensation;
        expected[_treasury][currency] += toTreasury;
    }

    function _claimed(Book storage tab, TabState memory state, bool byOperator, uint8 answers) private {
        tab.left = tab.left + tab.claimed - state.spent;
        (tab.claimed, tab.claimedVersion) = (state.spent, state.version);
        (tab.payableFrom, tab.byOperator, tab.answers) = (block.timestamp + 1 hours, byOperator, answers);
    }

    function _paid(uint256 which, uint256 spent) private {
        expected[_shop][_currency(which)] += spent - spent / 3;
        expected[_friend][_currency(which)] += spent / 3;
    }

    function _payees(uint128 spent) private view returns (Payee[] memory payees) {
        payees = new Payee[](2);
        (payees[0], payees[1]) = (Payee(_shop, spent - spent / 3), Payee(_friend, spent / 3));
    }

    /// @dev Of this tab and what is owed since its last settlement, and signed by whom it takes.
    function _fits(Book memory tab, Signed memory signed, bool byOperator) private pure returns (bool) {
        bool current = _isRegistered(tab.operatorId) && signed.state.version != 0 && signed.keyNumber == tab.keyNumber;
        return current && signed.state.epoch == tab.epoch && (byOperator || signed.byOperator);
    }

    function _sign(uint256 which, uint256 spent, bool byOperator, bool closing) private {
        Signed storage signed = _states[which].push();
        (signed.state.account, signed.state.key, signed.state.token) = (_buyer(which), _key(which), _currency(which));
        (signed.state.epoch, signed.state.version) = (_tabs[which].epoch, ++_versions[which]);
        (signed.state.spent, signed.state.payees) = (uint128(spent), keccak256(abi.encode(_payees(uint128(spent)))));
        (signed.state.purchases, signed.state.closing) = (bytes32(spent), closing);
        (signed.keyNumber, signed.byOperator) = (_tabs[which].keyNumber, byOperator);
    }

    /// @dev Any one; often one of the last; and often one that both have just signed.
    function _pick(uint256 which, uint256 pick, bool closing, uint8 likely) private returns (Signed memory signed) {
        if (likely % 8 >= (closing ? 7 : 4)) _sign(which, pick % (_tabs[which].left + _tabs[which].claimed + 1), true, closing);
        uint256 count = _states[which].length;
        if (count == 0) return signed;
        if (likely % 8 >= 4) return _states[which][count - 1];
        return _states[which][likely % 8 == 0 || count < 4 ? pick % count : count - 1 - pick % 3];
    }

    /// @dev A state that its operator has not signed comes with somebody else's signature.
    function _signature(Book memory tab, uint256 which, Signed memory signed, bool ofOperator) private view returns (bytes memory) {
        bytes32 digest = tabs.digestOf(signed.state);
        if (!ofOperator) return sign(_secret(which, signed.keyNumber), digest);
        return sign(key(signed.byOperator ? _operatorName(tab.operatorId) : "stranger"), digest);
    }

    /// @dev Zero: comes a stranger.
    function _side(Book memory tab, uint256 which, bool byOperator, uint8 likely) private view returns (address) {
        if (likely == 0) return _stranger;
        if (byOperator) return person(_operatorName(tab.operatorId));
        return likely % 2 == 0 ? _buyer(which) : _key(which);
    }
}
